import type {
  EntityStatus,
  StreamEvent,
  StreamSubscription,
} from 'backstage-plugin-llm-inference-common';
import type { LlmInferenceApi } from '../src/api/llmInferenceApiRef';
import { DevState, devStates } from './states';

/** A backend in which every entity is in the state that it is named after. */
export class DevApi implements LlmInferenceApi {
  readonly #read = new Set<string>();

  async getEntityStatus(entityRef: string): Promise<EntityStatus> {
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

  getService: LlmInferenceApi['getService'] = async () => {
    throw new Error('not scripted');
  };

  listServices: LlmInferenceApi['listServices'] = async () => {
    throw new Error('not scripted');
  };

  listClusters: LlmInferenceApi['listClusters'] = async () => [];

  async *stream({
    signal,
    entityRefs = [],
  }: StreamSubscription): AsyncGenerator<StreamEvent> {
    if (entityRefs.some(entityRef => stateOf(entityRef).stream)) {
      throw new Error('Failed to fetch');
    }
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
