import { Inventory } from './Inventory';
import {
  KubernetesClient,
  KubernetesObject,
  ObjectReference,
  referenceOf,
} from './KubernetesClient';
import { messageOf } from './retrying';

/** What became of one object; a message where it was refused. */
export interface ObjectResult {
  reference: ObjectReference;
  message?: string;
}

/**
 * Makes a cluster run exactly these objects of a service: applies them, then
 * deletes what an earlier revision had and this one has not. Doing it again
 * changes nothing. Ends with the first object that is refused.
 */
export async function syncService(
  client: KubernetesClient,
  service: string,
  objects: KubernetesObject[],
  onResult: (result: ObjectResult) => void = () => {},
): Promise<void> {
  const inventory = new Inventory(client);
  const before = (await inventory.read()).get(service) ?? [];
  const after = objects.map(referenceOf);
  const gone = before.filter(each => !after.some(other => same(each, other)));

  // Remembered first: what is applied must never be out of reach of pruning.
  await inventory.write(service, [...after, ...gone]);
  for (const object of inOrder(objects)) {
    const reference = referenceOf(object);
    try {
      await client.apply(object);
    } catch (error) {
      onResult({ reference, message: messageOf(error) });
      throw error;
    }
    onResult({ reference });
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
