import { isObject, objectsOf, pick, stringOf } from './fields';
import type { JsonObject } from './fields';

/** Keys under which Multus reports what it has attached; the second is its old name. */
export const NETWORK_STATUS_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/network-status',
  'k8s.v1.cni.cncf.io/networks-status',
];

/** Of a network's entry: hardware addresses and DNS settings say nothing about RDMA. */
const ENTRY_FIELDS = ['name', 'interface', 'ips', 'default', 'device-info'];

/** The attached networks, reduced; undefined where the annotation is missing or not what Multus writes. */
export function reduceNetworkStatus(
  annotations: JsonObject,
): JsonObject[] | undefined {
  const text = NETWORK_STATUS_ANNOTATIONS.map(key =>
    stringOf(annotations[key]),
  ).find(value => value !== undefined);
  if (text === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Somebody else's text: health says "not readable" of it as it would of nothing.
    return undefined;
  }
  return Array.isArray(parsed)
    ? objectsOf(parsed).map(entry => {
        const reduced = pick(entry, ENTRY_FIELDS);
        if (reduced.default === true) delete reduced.ips;
        const device = reduced['device-info'];
        if (isObject(device)) {
          reduced['device-info'] = pick(device, ['type', 'pci']);
        }
        return reduced;
      })
    : undefined;
}
