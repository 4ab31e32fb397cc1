import {
  EntityStatus,
  LlmInferenceClient,
  PodLogQuery,
  ServiceList,
  ServiceListQuery,
  ServiceManifest,
  ServiceMetrics,
  ServiceRef,
  StreamEvent,
  StreamSubscription,
  Timeline,
} from 'backstage-plugin-llm-inference-common';
import { devClusters, devServiceList } from './fleet';
import { devManifest, devMetrics } from './measured';
import { devTimeline } from './timeline';
import type { DevState } from './states/DevState';
import { devStates } from './states/states';

/** A backend in which every entity is in the state that it is named after. */
export class DevApi extends LlmInferenceClient {
  readonly #read = new Set<string>();

  constructor() {
    super({
      fetch: async () => {
        throw new Error('not scripted');
      },
      getBaseUrl: async () => '',
    });
  }

  override async getEntityStatus(entityRef: string): Promise<EntityStatus> {
    const { answer, stream } = stateOf(entityRef);
    if (stream === 'Away' && this.#read.has(entityRef)) {
      throw new Error('Failed to fetch');
    }
    this.#read.add(entityRef);
    if (answer instanceof Error) {
      throw answer;
    }
    return answer ? { ...answer, entityRef } : new Promise<never>(() => {});
  }

  override async listServices(query: ServiceListQuery): Promise<ServiceList> {
    return devServiceList(query);
  }

  override async getManifest(service: ServiceRef): Promise<ServiceManifest> {
    return devManifest(service);
  }

  override async getMetrics(service: ServiceRef): Promise<ServiceMetrics> {
    return devMetrics(service);
  }

  override async getTimeline(service: ServiceRef): Promise<Timeline> {
    return devTimeline(service);
  }

  override async *podLog(
    _service: ServiceRef,
    pod: string,
    query: PodLogQuery,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<string> {
    for (let line = 1; line <= 200; line += 1) {
      yield `INFO 11-22 14:02:${String(line % 60).padStart(
        2,
        '0',
      )} [loggers.py:123] ${pod} ${
        query.container
      }: Avg prompt throughput: 812.4 tokens/s, Running: ${line} reqs\n`;
    }
    if (query.follow) {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
    }
  }

  override async *stream({
    signal,
    entityRefs = [],
  }: StreamSubscription): AsyncGenerator<StreamEvent> {
    if (entityRefs.some(entityRef => stateOf(entityRef).stream)) {
      throw new Error('Failed to fetch');
    }
    yield { type: 'clusters', data: devClusters };
    for (const entityRef of entityRefs) {
      const { answer } = stateOf(entityRef);
      if (answer && !(answer instanceof Error)) {
        yield { type: 'entity', data: { ...answer, entityRef } };
      }
    }
    await new Promise(resolve => signal.addEventListener('abort', resolve));
  }
}

function stateOf(entityRef: string): DevState {
  return devStates[entityRef.split('/')[1]] ?? devStates.healthy;
}
