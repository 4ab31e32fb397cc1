import {
  KubernetesClient,
  KubernetesObject,
  ObjectReference,
} from './KubernetesClient';

// The one namespace that every cluster has.
const NAMESPACE = 'default';
const LABEL = 'gitops-sync/inventory';

/**
 * What was applied for each service, kept in the cluster itself (one ConfigMap
 * per service), so that what is removed from Git is removed from the cluster,
 * also by a sync that was started since.
 */
export class Inventory {
  readonly #client: KubernetesClient;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  /** The objects of every service, by service. */
  async read(): Promise<Map<string, ObjectReference[]>> {
    const items = await this.#client.list(
      `/api/v1/namespaces/${NAMESPACE}/configmaps?labelSelector=${encodeURIComponent(
        `${LABEL}=true`,
      )}`,
    );
    return new Map(
      items.map(item => {
        const data = item.data as { service: string; objects: string };
        return [data.service, JSON.parse(data.objects) as ObjectReference[]];
      }),
    );
  }

  /** Remembers the objects of a service; none forgets the service. */
  async write(service: string, objects: ObjectReference[]): Promise<void> {
    const map: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `inventory-${service}`, namespace: NAMESPACE },
    };
    if (objects.length === 0) {
      await this.#client.remove({ ...map, ...map.metadata });
      return;
    }
    await this.#client.apply({
      ...map,
      metadata: { ...map.metadata, labels: { [LABEL]: 'true' } },
      data: { service, objects: JSON.stringify(objects) },
    });
  }
}
