import { setTimeout as delay } from 'node:timers/promises';
import { statusPath } from '../fleet/statusPath';
import { alternate } from '../harness/alternate';
import type { Measurement, Run, Scenario } from '../harness/Scenario';
import { promisedSizes } from './fleetSizes';

const CONCURRENCY = 10;
const READS_PER_SECOND = 200;

/** Entities that are read again and again, so that the decisions about them are warm. */
const WARM = 100;

/** Groups of such entities at most: while one is measured, the decisions about the others end. */
const GROUPS = 10;

/**
 * How long our backend keeps a decision before it asks again, at least, and at most in all; a turn in which a hundred
 * of them are asked for would not read with warm ones.
 */
const DECISION_MS = { least: 18_000, most: 30_000 };
const MARGIN_MS = 1_000;
const COLD = 100;

const NO_OP = 'no-op route';
const PERMITTED = 'no-op route with a permission call';

/** Reading the status of one entity through HTTP, with a user's token and a warm decision. */
export const statusRead: Scenario = {
  name: 'status-read',
  title:
    'Reading the status of an entity, against authenticated routes that do nothing',
  sizes: promisedSizes,
  async measure(run) {
    const readers = await readersOf(run);
    try {
      return [
        await throughput(run, readers),
        await latency(run, readers),
        ...(await cold(run, readers)),
      ];
    } finally {
      await readers.reader.close();
    }
  },
};

type Readers = Awaited<ReturnType<typeof readersOf>>;

async function readersOf({ fleet, mode }: Run) {
  const { ours, services } = await fleet();
  const { portal } = await ours();
  const size = Math.min(WARM, Math.ceil(services.length / (GROUPS + 1)));
  // Somebody may have read just now; within a quick look decisions outlast the scenario.
  const readUntil = mode === 'full' ? performance.now() : -Infinity;
  const groups = Array.from({ length: GROUPS }, (_, index) => ({
    warm: services.slice(index * size, (index + 1) * size),
    madeFrom: -Infinity,
    madeUntil: readUntil,
  }));
  let [group] = groups;
  return {
    /** Services that no turn reads. */
    others: services.slice(GROUPS * size),
    /** Takes entities of which no decision ends within the next so many seconds, and waits for such. */
    async warmUp(seconds: number) {
      const lastsFor = ({ madeFrom }: typeof group) =>
        madeFrom + DECISION_MS.least - performance.now() - MARGIN_MS;
      if (lastsFor(group) > seconds * 1000) return;
      group = groups.reduce((a, b) => (a.madeUntil <= b.madeUntil ? a : b));
      const allEnded = group.madeUntil + DECISION_MS.most;
      await delay(Math.max(0, allEnded - performance.now()));
      group.madeFrom = performance.now();
      for (const service of group.warm) await portal.get(statusPath(service));
      group.madeUntil = performance.now();
    },
    reader: await portal.reader(),
    ours: () => group.warm.map(statusPath),
    nothing: ['/api/bare/nothing'],
    permitted: ['/api/bare/permitted'],
  };
}

async function throughput(
  run: Run,
  { reader, warmUp, ours, nothing, permitted }: Readers,
): Promise<Measurement> {
  const seconds = run.mode === 'quick' ? 0.4 : 1;
  const rate = async (paths: string[]) =>
    (
      await reader.call('closedLoop', {
        paths,
        concurrency: CONCURRENCY,
        seconds,
      })
    ).perSecond;
  const samples = await alternate(
    {
      ours: async () => {
        await warmUp(seconds);
        return await rate(ours());
      },
      nothing: () => rate(nothing),
      permitted: () => rate(permitted),
    },
    { rounds: run.mode === 'quick' ? 3 : 5 },
  );
  return {
    metric: 'throughput',
    unit: '1/s',
    higherIsBetter: true,
    note: `${CONCURRENCY} requests at a time`,
    contenders: [
      { role: 'ours', name: 'status', samples: samples.ours },
      { role: 'floor', name: NO_OP, samples: samples.nothing },
      { role: 'floor', name: PERMITTED, samples: samples.permitted },
    ],
    bars: [
      { statistic: 'median', against: NO_OP, atLeast: 0.5 },
      { statistic: 'median', against: PERMITTED, atLeast: 1 },
    ],
  };
}

async function latency(
  run: Run,
  { reader, warmUp, ours, nothing, permitted }: Readers,
): Promise<Measurement> {
  const [seconds, rounds] = run.mode === 'quick' ? [0.8, 2] : [3, 6];
  const latencies = async (paths: string[], perSecond: number) =>
    (await reader.call('openLoop', { paths, perSecond, seconds })).latencies;
  const samples: Record<'ours' | 'nothing' | 'permitted', number[]> = {
    ours: [],
    nothing: [],
    permitted: [],
  };
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    await warmUp(seconds);
    const paths = pairs(ours(), nothing[0]);
    const ofBoth = await latencies(paths, 2 * READS_PER_SECOND);
    const ofPermitted = await latencies(permitted, READS_PER_SECOND);
    if (round < 0) continue;
    samples.permitted.push(...ofPermitted);
    ofBoth.forEach((sample, index) =>
      samples[
        paths[index % paths.length] === nothing[0] ? 'nothing' : 'ours'
      ].push(sample),
    );
  }
  return {
    metric: 'latency',
    unit: 'ms',
    note: `${READS_PER_SECOND} reads per second, with warm decisions; those of the status and of the no-op route in turns, one by one`,
    contenders: [
      { role: 'ours', name: 'status', samples: samples.ours },
      { role: 'floor', name: NO_OP, samples: samples.nothing },
      { role: 'floor', name: PERMITTED, samples: samples.permitted },
    ],
    bars: [{ statistic: 'p99', against: NO_OP, difference: true, atMost: 2 }],
  };
}

/**
 * One of ours and one of the other, each first as often as last: the slowest percent is decided by moments in which
 * the whole process stands still, and those have to meet both alike.
 */
function pairs(ours: string[], other: string): string[] {
  return [...ours, ...ours].flatMap((path, index) =>
    index % 2 === 0 ? [path, other] : [other, path],
  );
}

/** Where nobody has asked before: the catalog and the permission framework answer first. */
async function cold(run: Run, { others }: Readers): Promise<Measurement[]> {
  const { ours } = await run.fleet();
  const unread = others.slice(0, COLD);
  if (unread.length === 0) return [];
  const { portal } = await ours();
  const samples: number[] = [];
  const floor: number[] = [];
  for (const service of unread) {
    const startedAt = performance.now();
    await portal.get(statusPath(service));
    const readAt = performance.now();
    await portal.get(
      `/api/catalog/entities/by-name/component/default/${service.name}`,
    );
    samples.push(readAt - startedAt);
    floor.push(performance.now() - readAt);
  }
  return [
    {
      metric: 'cold latency',
      unit: 'ms',
      note: 'One read at a time, each of an entity that was not read for half a minute',
      contenders: [
        { role: 'ours', name: 'status', samples },
        { role: 'floor', name: 'catalog read by name', samples: floor },
      ],
    },
  ];
}
