import { Agent, request } from 'undici';
import { serveParent } from './childProcess';
import { cpuTimes } from './cpuTimes';
import type { CpuTimes } from './cpuTimes';
import { TOKEN } from './fleetPlan';
import { sharedNow } from './World';

/** The least that any client has to do, without a client. */
export interface RawClientHandlers
  extends Record<string, (argument: never) => unknown> {
  /** Reads every collection page by page, parses each page and forgets it; answers the milliseconds. */
  list(): Promise<number>;
  /** Opens a watch on the pods of every cluster. */
  watch(): Promise<void>;
  /** When each event came that a watch has brought since, in the order of arrival; ends the watches. */
  arrivals(): Promise<Arrival[]>;
  /** Parses so many of the lines that the watches brought, over and over; answers what one takes. */
  parseLines(count: number): CpuTimes;
}

/** A pod event that arrived. */
export interface Arrival {
  pod: string;
  ready: boolean;
  at: number;
}

const PAGE_SIZE = 250;
const MANAGED = encodeURIComponent(
  'app.kubernetes.io/part-of=llminferenceservice',
);

/** What makes up nearly all of a fleet. */
const COLLECTIONS = [
  '/apis/serving.kserve.io/v1alpha2/llminferenceservices?',
  `/api/v1/pods?labelSelector=${MANAGED}&`,
  `/apis/apps/v1/deployments?labelSelector=${MANAGED}&`,
  `/apis/apps/v1/replicasets?labelSelector=${MANAGED}&`,
];

const NEWLINE = 0x0a;

function start(clusters: Record<string, string>): RawClientHandlers {
  const urls = Object.values(clusters);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const dispatcher = new Agent({ bodyTimeout: 0, headersTimeout: 0 });
  const lines: Array<{ line: Buffer; at: number }> = [];
  let watches = new AbortController();

  async function getJson(url: string) {
    const { body } = await request(url, { headers, dispatcher });
    return JSON.parse(await body.text());
  }

  async function listAll(url: string): Promise<void> {
    let token = '';
    do {
      const page = await getJson(`${url}limit=${PAGE_SIZE}&continue=${token}`);
      token = encodeURIComponent(page.metadata.continue ?? '');
    } while (token);
  }

  async function readWatch(url: string): Promise<void> {
    const { body } = await request(url, {
      headers,
      dispatcher,
      signal: watches.signal,
    });
    let rest: Buffer = Buffer.alloc(0);
    const read = async () => {
      for await (const chunk of body) {
        const at = sharedNow();
        rest = Buffer.concat([rest, chunk]);
        for (
          let end = rest.indexOf(NEWLINE);
          end >= 0;
          end = rest.indexOf(NEWLINE)
        ) {
          lines.push({ line: rest.subarray(0, end), at });
          rest = rest.subarray(end + 1);
        }
      }
    };
    read().catch(error => {
      if (error.name !== 'AbortError') throw error;
    });
  }

  return {
    async list() {
      const startedAt = performance.now();
      await Promise.all(
        urls.flatMap(url => COLLECTIONS.map(path => listAll(`${url}${path}`))),
      );
      return performance.now() - startedAt;
    },
    async watch() {
      watches = new AbortController();
      lines.length = 0;
      await Promise.all(
        urls.map(async url => {
          const { metadata } = await getJson(`${url}/api/v1/pods?limit=1`);
          await readWatch(
            `${url}/api/v1/pods?watch=true&resourceVersion=${metadata.resourceVersion}&labelSelector=${MANAGED}`,
          );
        }),
      );
    },
    async arrivals() {
      watches.abort();
      return lines.map(({ line, at }) => {
        const { object } = JSON.parse(line.toString('utf8'));
        return {
          pod: object.metadata.name,
          ready: object.status.containerStatuses.every(
            (status: { ready: boolean }) => status.ready,
          ),
          at,
        };
      });
    },
    parseLines(count) {
      const before = cpuTimes();
      for (let index = 0; index < count; index++) {
        JSON.parse(lines[index % lines.length].line.toString('utf8'));
      }
      const after = cpuTimes();
      return {
        main: (after.main - before.main) / count,
        all: (after.all - before.all) / count,
      };
    },
  };
}

serveParent(start);
