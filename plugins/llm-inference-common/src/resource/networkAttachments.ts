import { asList, asRecord, asText, type UnknownRecord } from './unknown';

/** Annotation that asks Multus for more networks. @public */
export const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';

const STATUS_ANNOTATIONS = [
  'k8s.v1.cni.cncf.io/network-status',
  'k8s.v1.cni.cncf.io/networks-status',
];

/** One network that a pod asks for. @public */
export interface NetworkRequest {
  name: string;
  /** Absent: the pod's own namespace. */
  namespace?: string;
  interface?: string;
}

const NAME =
  /^(?:([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\/)?([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)(?:@([\w.-]+))?$/;

/**
 * Reads the networks annotation: `a`, `ns/a`, `a@net1`, a list of these, or a JSON array. Absent where it
 * follows none of the forms.
 *
 * @public
 */
export function parseNetworksAnnotation(
  value: string,
): NetworkRequest[] | undefined {
  const text = value.trim();
  if (text.startsWith('[')) {
    return parseJsonList(text)?.reduce<NetworkRequest[] | undefined>(
      (requests, item) => {
        const name = asText(asRecord(item).name);
        return name && requests
          ? [
              ...requests,
              {
                name,
                namespace: asText(asRecord(item).namespace),
                interface: asText(asRecord(item).interface),
              },
            ]
          : undefined;
      },
      [],
    );
  }
  const requests: NetworkRequest[] = [];
  for (const part of text.split(',')) {
    const match = NAME.exec(part.trim());
    if (!match) {
      return undefined;
    }
    requests.push({
      name: match[2],
      namespace: match[1],
      interface: match[3],
    });
  }
  return requests;
}

/** One network interface that a pod really has. @public */
export interface AttachedNetwork {
  name?: string;
  interface?: string;
  /** True for the cluster network. */
  isDefault: boolean;
  /** Name of the RDMA device behind the interface, for example `mlx5_4`. */
  rdmaDevice?: string;
  fields: UnknownRecord;
}

/** The networks attached to a pod according to its status annotation; absent where there is none. @public */
export function readAttachedNetworks(
  annotations: Readonly<Record<string, unknown>>,
): AttachedNetwork[] | undefined {
  const text = STATUS_ANNOTATIONS.map(key => asText(annotations[key])).find(
    Boolean,
  );
  return (
    (text &&
      parseJsonList(text)?.map(item => {
        const fields = asRecord(item);
        const pci = asRecord(asRecord(fields['device-info']).pci);
        return {
          name: asText(fields.name),
          interface: asText(fields.interface),
          isDefault: fields.default === true,
          rdmaDevice: asText(pci['rdma-device']),
          fields,
        };
      })) ||
    undefined
  );
}

function parseJsonList(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? asList(parsed) : undefined;
  } catch {
    // Written by hand or cut off: reads as absent, which callers report or treat as unknown.
    return undefined;
  }
}
