import { asRecord, asText } from '../../resource/unknown';
import { stripTerminal } from '../quote';

/** Logs of containers, as clean lines; what was not read stays unknown. */
export class LogReader {
  private readonly logs: Readonly<Record<string, unknown>>;
  private readonly lines = new Map<string, string[]>();
  /** True where no log was read at all, which is the usual case in a list of services. */
  readonly empty: boolean;

  constructor(logs: unknown, private readonly maxLines: number) {
    this.logs = asRecord(logs);
    this.empty = Object.keys(this.logs).length === 0;
  }

  /** The newest lines of a container's log, oldest first; absent where it was not read. */
  read(pod: string, container: string): readonly string[] | undefined {
    if (this.empty) {
      return undefined;
    }
    const key = `${pod}/${container}`;
    const known = this.lines.get(key);
    if (known) {
      return known;
    }
    const text = Object.hasOwn(this.logs, key)
      ? asText(this.logs[key])
      : undefined;
    if (text === undefined) {
      return undefined;
    }
    const lines = toLines(text, this.maxLines);
    this.lines.set(key, lines);
    return lines;
  }
}

/** Text as clean lines without empty ones, at most that many from its end. */
export function toLines(text: string, maxLines: number): string[] {
  const lines = text
    .split(/\r\n|\n|\r/)
    .slice(-maxLines - 1)
    .map(line => stripTerminal(line).trimEnd())
    .filter(line => line !== '');
  return lines.slice(-maxLines);
}

/**
 * Time of a log line, where it can be read: ISO at the start or in a JSON field `ts`, vLLM's `MM-DD hh:mm:ss`
 * without a year, or UCX's seconds since the epoch.
 */
export function timeOfLine(line: string, now: number): number | undefined {
  const iso =
    /\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?)(Z|[+-]\d\d:?\d\d)?/.exec(
      line.slice(0, 200),
    );
  if (iso) {
    const text = `${iso[1].replace(' ', 'T').replace(',', '.')}${
      iso[2] ?? 'Z'
    }`;
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }
  const epoch = /^\s*\[(\d{10})\.\d+\]/.exec(line);
  if (epoch) {
    return Number(epoch[1]) * 1000;
  }
  const vllm =
    /\b(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) (\d\d)-(\d\d) (\d\d:\d\d:\d\d)\b/.exec(
      line,
    );
  if (!vllm) {
    return undefined;
  }
  const year = new Date(now).getUTCFullYear();
  const time = Date.parse(`${year}-${vllm[1]}-${vllm[2]}T${vllm[3]}Z`);
  if (Number.isNaN(time)) {
    return undefined;
  }
  // No year in the line: a date ahead of now is last year's. One day covers any time zone.
  const day = 86_400_000;
  return time > now + day
    ? Date.parse(`${year - 1}-${vllm[1]}-${vllm[2]}T${vllm[3]}Z`)
    : time;
}
