import { objectOf, objectsOf, pick, stringOf } from './fields';
import type { JsonObject } from './fields';
import { textOrNull, trimRow } from './rows';

/** Keys under which Multus reports what it has attached; the second is its old name. */
export const NETWORK_STATUS_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/network-status',
  'k8s.v1.cni.cncf.io/networks-status',
];

/** What the pods of a template have of an attached network; addresses and DNS say nothing about RDMA. */
const ENTRY_FIELDS = ['name', 'interface', 'default'];

/** The attached networks: what they are, and the RDMA device behind each, which every pod has its own of. */
export interface AttachedNetworks {
  networks: JsonObject[];
  devices: Array<string | null>;
}

/** The attached networks, reduced; undefined where the annotation is missing or not what Multus writes. */
export function reduceNetworkStatus(
  annotations: JsonObject,
): AttachedNetworks | undefined {
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
  if (!Array.isArray(parsed)) return undefined;
  const entries = objectsOf(parsed);
  return {
    networks: entries.map(entry => pick(entry, ENTRY_FIELDS)),
    devices: trimRow(entries.map(rdmaDeviceOf)),
  };
}

/** The annotation, as far as it was kept. */
export function networkStatus({ networks, devices }: AttachedNetworks): string {
  return JSON.stringify(
    networks.map((network, index) => {
      const device = devices[index];
      return device
        ? { ...network, 'device-info': { pci: { 'rdma-device': device } } }
        : network;
    }),
  );
}

function rdmaDeviceOf(entry: JsonObject): string | null {
  const { pci } = objectOf(entry['device-info']);
  return textOrNull(objectOf(pci)['rdma-device']);
}
