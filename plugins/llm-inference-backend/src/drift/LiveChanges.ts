import type {
  Observation,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { serviceKeyOf } from '../assess/AssessedService';
import type { Observer } from '../assess/Assessor';

/**
 * Notices that the resource of a service has changed also where its health has not: a label, an annotation, a
 * field that health does not read.
 */
export class LiveChanges implements Observer {
  readonly #onChanged: (service: ServiceRef) => void;
  readonly #seen = new Map<string, string>();

  constructor(onChanged: (service: ServiceRef) => void) {
    this.#onChanged = onChanged;
  }

  observe(observation: Observation): Observation {
    const { service, objects } = observation;
    const resource = objects.find(({ kind }) => kind === 'LLMInferenceService');
    const { uid, generation, labels, annotations } = resource?.metadata ?? {};
    // The generation counts every change of the spec, and those of metadata not.
    const now = JSON.stringify([uid, generation, labels, annotations]);
    const key = serviceKeyOf(service);
    if (this.#seen.get(key) !== now) {
      this.#seen.set(key, now);
      this.#onChanged(service);
    }
    return observation;
  }

  gone(service: ServiceRef): void {
    this.#seen.delete(serviceKeyOf(service));
  }
}
