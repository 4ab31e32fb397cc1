import { MAIN_CONTAINER } from '../../resource/containers';
import type { Facts } from '../facts/Facts';
import { evidence } from '../quote';
import type { Evidence, KvTransferHealth } from '../ServingHealth';

/** Which network carries the KV blocks, with the line that shows it. */
export interface FabricFinding {
  fabric: KvTransferHealth['fabric'];
  evidence: Evidence[];
}

const RDMA_TRANSPORT = /^(?:rc|dc|ud|srd)(?:_\w+)?(?:\/|$)/;
const TCP_TRANSPORT = /^tcp(?:\/|$)/;
const CONFIG_LINE = /\binter-node cfg#\d+ (.+)$/;
const CONFIG_TOKEN = /(\w+)\(([^)]*)\)/g;
const ENDPOINT_TABLE = /Endpoint Config #\d+ \(.*type: inter-node\)/;
const PROTOCOL_TABLE =
  /remote memory (?:read|write)\b.*\b(?:from|into) (?:cuda|rocm)/;
const FALLBACK_TEXT = /no RDMA transports available|falling back to TCP/i;

/**
 * The evidence ladder for RDMA. NIXL pulls, so the decode pods know; of each pod the newest line wins, and one
 * decode pod on TCP makes the pool TCP.
 */
export function findFabric({ decode, logs }: Facts): FabricFinding {
  let rdma: FabricFinding | undefined;
  for (const pod of decode.current) {
    const lines = logs.read(pod.name, MAIN_CONTAINER);
    const found = lines && readFabric(lines);
    if (found) {
      const list = [evidence('Log', `Pod/${pod.name}`, found.line)];
      if (found.fabric === 'Tcp') {
        return { fabric: 'Tcp', evidence: list };
      }
      rdma = rdma ?? { fabric: 'Rdma', evidence: list };
    }
  }
  return rdma ?? { fabric: 'Unverified', evidence: [] };
}

interface FabricLine {
  fabric: 'Rdma' | 'Tcp';
  line: string;
}

/** Steps of the ladder: UCX's configuration, its protocol table, then plain words. */
export function readFabric(lines: readonly string[]): FabricLine | undefined {
  for (const step of [readConfiguration, readProtocols, readWords]) {
    for (let index = lines.length - 1; index >= 0; index--) {
      const found = step(lines, index);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

function readConfiguration(
  lines: readonly string[],
  index: number,
): FabricLine | undefined {
  const line = lines[index];
  const match = CONFIG_LINE.exec(line);
  if (match) {
    const lanes = new Map<string, string>();
    for (const [, name, value] of match[1].matchAll(CONFIG_TOKEN)) {
      lanes.set(name, value);
    }
    const value =
      [...lanes].find(([name]) => name.startsWith('rma'))?.[1] ??
      lanes.get('am');
    return value === undefined ? undefined : judge(value.split(/\s+/), line);
  }
  if (ENDPOINT_TABLE.test(line)) {
    const rows = tableRows(lines, index);
    return judge(
      rows.map(([transport]) => transport),
      rowLine(rows, line),
    );
  }
  return undefined;
}

function readProtocols(
  lines: readonly string[],
  index: number,
): FabricLine | undefined {
  if (!PROTOCOL_TABLE.test(lines[index])) {
    return undefined;
  }
  const rows = tableRows(lines, index);
  const last = rows.map(cells => cells[cells.length - 1] ?? '');
  return judge(
    last.flatMap(cell => cell.split(/\s+/)),
    rowLine(rows, lines[index]),
  );
}

function readWords(
  lines: readonly string[],
  index: number,
): FabricLine | undefined {
  return FALLBACK_TEXT.test(lines[index])
    ? { fabric: 'Tcp', line: lines[index] }
    : undefined;
}

/** Cells of the rows below a table's title, until the frame ends or another title begins. */
function tableRows(lines: readonly string[], title: number): string[][] {
  const rows: string[][] = [];
  for (let index = title + 1; index < lines.length; index++) {
    const line = lines[index];
    const start = line.indexOf('|');
    if (start < 0 && !/\+-{3,}/.test(line)) {
      break;
    }
    if (
      PROTOCOL_TABLE.test(line) ||
      ENDPOINT_TABLE.test(line) ||
      CONFIG_LINE.test(line)
    ) {
      break;
    }
    if (start >= 0) {
      rows.push(
        line
          .slice(start)
          .split('|')
          .map(cell => cell.trim())
          .filter(Boolean),
      );
    }
  }
  return rows;
}

function rowLine(rows: readonly string[][], title: string): string {
  const telling = rows.find(cells =>
    cells.some(cell => RDMA_TRANSPORT.test(cell) || TCP_TRANSPORT.test(cell)),
  );
  return telling ? `${title.trim()} ${telling.join(' | ')}` : title;
}

function judge(
  transports: readonly (string | undefined)[],
  line: string,
): FabricLine | undefined {
  if (transports.some(name => name && RDMA_TRANSPORT.test(name))) {
    return { fabric: 'Rdma', line };
  }
  return transports.some(name => name && TCP_TRANSPORT.test(name))
    ? { fabric: 'Tcp', line }
    : undefined;
}
