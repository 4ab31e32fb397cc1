import { mockServices } from '@backstage/backend-test-utils';
import type {
  ClusterCredentialSource,
  SuppliedCluster,
} from 'backstage-plugin-llm-inference-node';
import { liveToken } from '../clusters/credentials';
import { ClusterStore } from '../store/ClusterStore';
import { systemClock } from '../watch/Clock';
import type { Clock } from '../watch/Clock';
import { ClusterWatcher } from '../watch/ClusterWatcher';
import { IngestQueue } from '../watch/IngestQueue';
import type { ReflectorTimings } from '../watch/Reflector';
import type { FakeKubernetes } from './FakeKubernetes';

/** Short enough for a test, in the proportions of production. */
export const FAST: ReflectorTimings = {
  watchMs: 3_000,
  graceMs: 200,
  pageSize: 2,
  reprobeMs: 200,
  backoff: { firstMs: 10, longestMs: 100 },
};

/** A watcher of one fake cluster, with everything it has reported. */
export function watchCluster(
  cluster: FakeKubernetes,
  options: {
    timings?: Partial<ReflectorTimings>;
    credential?: ClusterCredentialSource;
    namespaces?: string[];
    clock?: Clock;
    answerMs?: number;
  } = {},
) {
  const supplied: SuppliedCluster = {
    name: 'gpu-east',
    url: cluster.url,
    credential: options.credential ?? liveToken(() => 'let-me-in'),
  };
  const dirty: string[] = [];
  const logged: string[] = [];
  const logger = mockServices.logger.mock({
    info: message => logged.push(message),
    warn: message => logged.push(message),
  });
  const store = new ClusterStore({
    onDirty: (namespace, name) => dirty.push(`${namespace}/${name}`),
  });
  const watcher = new ClusterWatcher({
    cluster: supplied,
    store,
    namespaces: options.namespaces,
    clock: options.clock ?? systemClock,
    ingest: new IngestQueue(),
    timings: { ...FAST, ...options.timings },
    timeouts: { connectMs: 1_000, answerMs: options.answerMs ?? 2_000 },
    logger,
    onStatus: () => undefined,
  });
  watcher.start();
  return {
    watcher,
    store,
    dirty,
    logged,
    /** State of one resource. */
    state: (resource: string) => watcher.status().resources[resource]?.state,
    /** Names of the pods of a service that are held. */
    pods: (service: string, namespace = 'llm') =>
      store
        .objectsOf(namespace, service)
        .filter(({ kind }) => kind === 'Pod')
        .map(({ metadata }) => metadata?.name)
        .sort(),
  };
}
