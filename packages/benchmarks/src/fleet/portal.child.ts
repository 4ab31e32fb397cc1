import { once } from 'node:events';
import { Session } from 'node:inspector/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { serveParent } from './childProcess';
import { cpuTimes } from './cpuTimes';
import type { CpuTimes } from './cpuTimes';
import type { LoopDelay, Memory } from './PortalHandle';
import type { Profiles } from '../profile/Profiles';
import { barePlugin } from './portal/barePlugin';
import { entitiesModule } from './portal/entitiesModule';
import { portalConfig } from './portal/portalConfig';
import type { PortalInput } from './portal/portalConfig';
import { Gates, watchedClusters } from './portal/watchedClusters';

/** What a portal can be asked to do. */
export interface PortalHandlers
  extends Record<string, (argument: never) => unknown> {
  url(): string;
  /** Lets our plugin watch these clusters, or all of them. */
  watch(clusters?: string[]): void;
  memory(): Promise<Memory>;
  resetLoopDelay(): void;
  loopDelay(): LoopDelay;
  resetHeapPeak(): void;
  heapPeak(): number;
  cpuTimes(): CpuTimes;
  startProfiles(): Promise<void>;
  stopProfiles(): Promise<Profiles>;
}

/** Every so many bytes that are allocated one is remembered with its place, until it is collected. */
const HEAP_SAMPLE_BYTES = 65_536;

const SETTLE_MS = 200;
const LOOK_AT_HEAP_MS = 10;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startPortal(input: PortalInput, gates: Gates): Promise<string> {
  const port = await freePort();
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(portalConfig(input, port)),
    }),
  );
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  if (input.catalogues) {
    backend.add(
      import('backstage-plugin-catalog-backend-module-llm-inference'),
    );
  } else {
    backend.add(entitiesModule(input.services));
  }
  backend.add(barePlugin);
  if (input.plugin === 'ours') {
    backend.add(import('backstage-plugin-llm-inference-backend'));
    backend.add(watchedClusters(input.clusters, gates));
  } else {
    backend.add(import('@backstage/plugin-kubernetes-backend'));
  }
  await backend.start();
  return `http://127.0.0.1:${port}`;
}

async function collectGarbage(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    global.gc?.();
    await delay(SETTLE_MS);
  }
}

async function start(input: PortalInput): Promise<PortalHandlers> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const gates = new Gates(Object.keys(input.clusters));
  const url = await startPortal(input, gates);
  let peak = 0;
  setInterval(() => {
    peak = Math.max(peak, getHeapStatistics().used_heap_size);
  }, LOOK_AT_HEAP_MS).unref();
  const inspector = new Session();
  return {
    url: () => url,
    watch: clusters => gates.open(clusters),
    async memory() {
      await collectGarbage();
      const { heapUsed, rss } = process.memoryUsage();
      return { heap: heapUsed, resident: rss };
    },
    resetLoopDelay() {
      histogram.enable();
      histogram.reset();
    },
    loopDelay: () => ({
      p99: histogram.percentile(99) / 1e6,
      longest: histogram.max / 1e6,
    }),
    resetHeapPeak() {
      peak = getHeapStatistics().used_heap_size;
    },
    heapPeak: () => peak,
    cpuTimes,
    async startProfiles() {
      inspector.connect();
      await inspector.post('Profiler.enable');
      await inspector.post('HeapProfiler.startSampling', {
        samplingInterval: HEAP_SAMPLE_BYTES,
      });
      await inspector.post('Profiler.start');
    },
    async stopProfiles() {
      const { profile: cpu } = await inspector.post('Profiler.stop');
      await collectGarbage();
      const { profile: heap } = await inspector.post(
        'HeapProfiler.stopSampling',
      );
      inspector.disconnect();
      return { cpu, heap };
    },
  };
}

serveParent(start);
