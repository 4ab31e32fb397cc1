import { asList, asRecord, asText, type UnknownRecord } from './unknown';

/** Name of the engine's container in both pools, and of the scheduler's. @public */
export const MAIN_CONTAINER = 'main';

/** Name of the routing sidecar of decode pods: an init container that never ends. @public */
export const SIDECAR_CONTAINER = 'llm-d-routing-sidecar';

/** Name of the init container that downloads the model. @public */
export const STORAGE_CONTAINER = 'storage-initializer';

/** The container of that name in a pod spec, init containers included. @public */
export function findContainer(
  podSpec: unknown,
  name: string,
): UnknownRecord | undefined {
  const spec = asRecord(podSpec);
  for (const list of [spec.containers, spec.initContainers]) {
    for (const item of asList(list)) {
      const container = asRecord(item);
      if (asText(container.name) === name) {
        return container;
      }
    }
  }
  return undefined;
}
