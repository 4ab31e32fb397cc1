import { setTimeout as delay } from 'node:timers/promises';
import {
  FramePacker,
  isMeasuredSeries,
  parseExposition,
  ServiceMeasurements,
} from 'backstage-plugin-llm-inference-common';
import type { ScrapeFrame } from 'backstage-plugin-llm-inference-common';
import { metricsPage } from '../fleet/metricsPages';
import type { Measurement, Run, Scenario, Size } from '../harness/Scenario';
import { fleetSizes } from './fleetSizes';

const EVERY_SECONDS = 30;
const PODS_PER_SERVICE = 8;

/** To the fleet for which the figures are promised. */
const SERVICES = [20, 200, 2_000];

/** In a quick look, every service is read this often, so that each is read at least once. */
const QUICK_SECONDS = 3;
const MIB = 1024 * 1024;

/** What is kept where nothing else is configured: an hour of points, a quarter of an hour of pages. */
const KEPT_MINUTES = 60;
const WINDOW_MS = 120_000;

/** What it costs to know the KV path of every service. */
export const metrics: Scenario = {
  name: 'metrics',
  title: `Reading the metrics of every pod through the pod proxy every ${EVERY_SECONDS} s, with pages as large as those of real engines`,
  sizes: mode => (mode === 'quick' ? quickSizes() : SERVICES.map(sizeOf)),
  async measure(run) {
    return [...(await cores(run)), history(run)];
  },
};

/** The fleet that is there for the other scenarios. */
function quickSizes(): Size[] {
  return fleetSizes('quick');
}

function sizeOf(services: number): Size {
  return {
    label: `${services.toLocaleString(
      'en',
    )} services × ${PODS_PER_SERVICE} pods`,
    scale: services,
    fleet: { clusters: 20, services, podsPerService: PODS_PER_SERVICE },
  };
}

/** CPU time of the whole portal per second, reading and judging, and whether it kept up. */
async function cores({ fleet, mode, say, size }: Run): Promise<Measurement[]> {
  const { scraping, world } = await fleet();
  const isQuick = quickSizes().some(({ label }) => label === size.label);
  const everySeconds = isQuick ? QUICK_SECONDS : EVERY_SECONDS;
  const portal = await scraping(everySeconds);
  const samples: number[] = [];
  const pages: number[] = [];
  try {
    // Every service has its own turn within the interval: after one every pod was read once.
    const rounds = mode === 'full' && size.scale === SERVICES.at(-1) ? 2 : 1;
    await delay(everySeconds * 1000);
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      const before = (await portal.cpuTimes()).all;
      const askedBefore = (await world.traffic()).requests;
      await delay(everySeconds * 1000);
      const ms = performance.now() - startedAt;
      samples.push(((await portal.cpuTimes()).all - before) / ms);
      const asked = (await world.traffic()).requests - askedBefore;
      pages.push((asked * 1000) / ms);
      say(
        `${samples[round].toFixed(2)} cores, ${pages[round].toFixed(
          0,
        )} pages a second`,
      );
    }
  } finally {
    await portal.close();
  }
  const { podsPerService = PODS_PER_SERVICE } = size.fleet ?? {};
  const due = (size.scale * podsPerService) / everySeconds;
  return [
    {
      metric: 'processor',
      unit: 'cores',
      note: `The whole portal: reading every ${everySeconds} s, parsing, judging and idling`,
      contenders: [{ role: 'ours', name: 'our backend', samples }],
      bars: [{ statistic: 'median', atMost: 1 }],
    },
    {
      metric: 'pages read',
      unit: '1/s',
      higherIsBetter: true,
      note: `${due.toFixed(
        0,
      )} are due; a machine that is busy with other work reads fewer, and then the processor's figure means nothing`,
      contenders: [{ role: 'ours', name: 'our backend', samples: pages }],
      bars: [{ statistic: 'median', atLeast: Math.floor(due * 0.97) }],
    },
  ];
}

/** Memory of all that is kept, after an hour; the hour passes on paper. */
function history({ size }: Run): Measurement {
  const packer = new FramePacker();
  const read = (name: 'vllm-decode' | 'epp') =>
    packer.pack(0, parseExposition(metricsPage(name), isMeasuredSeries));
  // As packing a page anew would: values of its own beside a layout that is shared.
  const again = (frame: ScrapeFrame, at: number): ScrapeFrame => ({
    ...frame,
    at,
    values: frame.values.slice(),
  });
  const [engine, scheduler] = [read('vllm-decode'), read('epp')];
  const before = held();
  const services = Array.from({ length: size.scale }, () => {
    const kept = new ServiceMeasurements({
      windowMs: WINDOW_MS,
      retentionMs: KEPT_MINUTES * 60_000,
    });
    for (
      let seconds = 0;
      seconds <= (KEPT_MINUTES + 5) * 60;
      seconds += EVERY_SECONDS
    ) {
      const at = seconds * 1000;
      kept.add(
        {
          at,
          pods: Array.from({ length: PODS_PER_SERVICE }, (_, index) => ({
            pod: `pod-${index}`,
            part: index === 0 ? 'scheduler' : 'decode',
            frame: again(index === 0 ? scheduler : engine, at),
          })),
        },
        at,
      );
    }
    return kept;
  });
  const bytes = held() - before;
  return {
    metric: 'memory',
    unit: 'MiB',
    note: `Pages and points of ${services.length} services after ${KEPT_MINUTES} minutes, on top of the backend`,
    contenders: [
      { role: 'ours', name: 'what is kept', samples: [bytes / MIB] },
    ],
    bars: [{ statistic: 'median', atMost: 300 }],
  };
}

/** Bytes that are held, numbers outside of the heap included. */
function held(): number {
  global.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
