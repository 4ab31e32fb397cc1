import { Inventory } from './Inventory';
import {
  KubernetesClient,
  KubernetesObject,
  ObjectReference,
  referenceOf,
} from './KubernetesClient';

/**
 * Makes a cluster run exactly these objects of a service: applies them, then
 * deletes what an earlier revision had and this one has not. Doing it again
 * changes nothing.
 */
export async function syncService(
  client: KubernetesClient,
  service: string,
  objects: KubernetesObject[],
): Promise<void> {
  const inventory = new Inventory(client);
  const before = (await inventory.read()).get(service) ?? [];
  const after = objects.map(referenceOf);
  const gone = before.filter(each => !after.some(other => same(each, other)));

  // Remembered first: what is applied must never be out of reach of pruning.
  await inventory.write(service, [...after, ...gone]);
  for (const object of inOrder(objects)) {
    await client.apply(object);
  }
  for (const reference of gone) {
    await client.remove(reference);
  }
  if (gone.length > 0) {
    await inventory.write(service, after);
  }
}

/** Namespaces first: the rest may live in them. */
function inOrder(objects: KubernetesObject[]): KubernetesObject[] {
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  return [
    ...objects.filter(isNamespace),
    ...objects.filter(object => !isNamespace(object)),
  ];
}

/** The version may differ: it is the same object. */
function same(one: ObjectReference, other: ObjectReference): boolean {
  return (
    groupOf(one) === groupOf(other) &&
    one.kind === other.kind &&
    one.namespace === other.namespace &&
    one.name === other.name
  );
}

function groupOf({ apiVersion }: ObjectReference): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
