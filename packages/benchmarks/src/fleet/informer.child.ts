import { setTimeout as delay } from 'node:timers/promises';
import {
  CoreV1Api,
  Informer,
  KubeConfig,
  makeInformer,
  V1Pod,
} from '@kubernetes/client-node';
import { serveParent } from './childProcess';
import { cpuTimes } from './cpuTimes';
import type { CpuTimes } from './cpuTimes';
import { TOKEN } from './fleetPlan';
import type { Memory } from './PortalHandle';

/** Informers of client-node on the pods of every cluster: the cache that a plugin would be built on. */
export interface InformerHandlers
  extends Record<string, (argument: never) => unknown> {
  memory(): Promise<Memory>;
  /** Starts the informer of a cluster, or those that have not started yet; answers once all hold so many pods. */
  read(options: { cluster?: string; pods: number }): Promise<void>;
  cpuTimes(): CpuTimes;
}

const MANAGED = 'app.kubernetes.io/part-of=llminferenceservice';

function start(clusters: Record<string, string>): InformerHandlers {
  const started = new Set<string>();
  const informers = Object.entries(clusters).map(([name, server]) => {
    const config = new KubeConfig();
    config.loadFromOptions({
      clusters: [{ name, server, skipTLSVerify: true }],
      users: [{ name, token: TOKEN }],
      contexts: [{ name, cluster: name, user: name }],
      currentContext: name,
    });
    const api = config.makeApiClient(CoreV1Api);
    const informer: Informer<V1Pod> & { list(): ReadonlyArray<V1Pod> } =
      makeInformer(
        config,
        '/api/v1/pods',
        () => api.listPodForAllNamespaces({ labelSelector: MANAGED }),
        MANAGED,
      );
    informer.on('error', () => {
      delay(1_000).then(() => informer.start());
    });
    return { name, informer };
  });
  return {
    async memory() {
      for (let i = 0; i < 4; i++) {
        global.gc?.();
        await delay(200);
      }
      const { heapUsed, rss } = process.memoryUsage();
      return { heap: heapUsed, resident: rss };
    },
    async read({ cluster, pods }) {
      await Promise.all(
        informers
          .filter(
            ({ name }) =>
              !started.has(name) && (cluster === undefined || name === cluster),
          )
          .map(async ({ name, informer }) => {
            started.add(name);
            await informer.start();
          }),
      );
      const held = () =>
        informers.reduce(
          (sum, { informer }) => sum + informer.list().length,
          0,
        );
      while (held() < pods) await delay(50);
    },
    cpuTimes,
  };
}

serveParent(start);
