import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { isRecord } from '../../cluster/json';
import { Pod, RESOURCES } from '../kinds';
import { digest } from '../names';
import { isExtended } from './quantities';

export const NETWORKS = 'k8s.v1.cni.cncf.io/networks';
export const NETWORK_STATUS = 'k8s.v1.cni.cncf.io/network-status';

/** A network that a pod asks for beside the cluster's. */
export interface WantedNetwork {
  namespace: string;
  name: string;
  interface: string;
}

/** An interface of a pod as Multus reports it. */
interface AttachedInterface {
  name: string;
  interface: string;
  ips: string[];
  mac: string;
  default?: boolean;
  dns: Record<string, never>;
  'device-info'?: unknown;
}

/** Networks in the pod's annotation: a list of names, or JSON. */
export function wantedNetworks(pod: Pod): WantedNetwork[] {
  const text = pod.metadata.annotations?.[NETWORKS]?.trim() ?? '';
  const namespace = pod.metadata.namespace ?? 'default';
  if (!text) {
    return [];
  }
  if (text.startsWith('[')) {
    const parsed: unknown = JSON.parse(text);
    return (Array.isArray(parsed) ? parsed : [])
      .filter(isRecord)
      .map((entry, index) => ({
        namespace: String(entry.namespace ?? namespace),
        name: String(entry.name),
        interface: String(entry.interface ?? `net${index + 1}`),
      }));
  }
  return text.split(',').map((entry, index) => {
    const [path, device] = entry.trim().split('@');
    const parts = path.split('/');
    return {
      namespace: parts.length > 1 ? parts[0] : namespace,
      name: parts[parts.length - 1],
      interface: device ?? `net${index + 1}`,
    };
  });
}

/** The first network of a pod that has no definition. */
export function missingNetwork(
  store: MemoryClusterStore,
  pod: Pod,
): WantedNetwork | undefined {
  return wantedNetworks(pod).find(
    network =>
      !store.get(RESOURCES.networkAttachment, network.name, network.namespace),
  );
}

/** Address of a pod in the cluster's network. */
export function podAddress(pod: Pod): string {
  const hash = digest(pod.metadata.uid ?? pod.metadata.name, 8);
  const byte = (index: number) =>
    Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16);
  return `10.128.${byte(0) % 16}.${2 + (byte(1) % 250)}`;
}

/** The network-status annotation of a pod whose interfaces are up. */
export function networkStatus(pod: Pod, networks: WantedNetwork[]): string {
  const hash = digest(`${pod.metadata.uid}/interfaces`);
  const mac = (prefix: string, at: number) =>
    `${prefix}:${[0, 2, 4].map(i => hash.slice(at + i, at + i + 2)).join(':')}`;
  const interfaces: AttachedInterface[] = [
    {
      name: 'ovn-kubernetes',
      interface: 'eth0',
      ips: [podAddress(pod)],
      mac: mac('0a:58:0a', 0),
      default: true,
      dns: {},
    },
    ...networks.map((network, index) => ({
      name: `${network.namespace}/${network.name}`,
      interface: network.interface,
      ips: [
        `192.168.100.${
          16 + (Number.parseInt(hash.slice(8 + index, 10 + index), 16) % 230)
        }`,
      ],
      mac: mac('5e:b1:6e', 10 + 6 * index),
      dns: {},
      ...(requestsFabric(pod) ? { 'device-info': deviceInfo(pod) } : {}),
    })),
  ];
  return JSON.stringify(interfaces, null, 4);
}

/** Whether a pod asks for a device that is no GPU: its way into the RDMA fabric. */
export function requestsFabric(pod: Pod): boolean {
  return pod.spec.containers.some(container =>
    Object.keys(container.resources?.limits ?? {}).some(
      resource =>
        isExtended(resource) && !/\/(gpu|mig-.*|gaudi)$/.test(resource),
    ),
  );
}

/** The RDMA device that a pod sees. */
export function rdmaDevice(pod: Pod): string {
  const number = Number.parseInt(digest(pod.metadata.name, 2), 16) % 4;
  return `mlx5_${number + 2}`;
}

function deviceInfo(pod: Pod) {
  return {
    type: 'pci',
    version: '1.1.0',
    pci: {
      'pci-address': '0000:1a:00.4',
      'rdma-device': rdmaDevice(pod),
      'pf-pci-address': '0000:1a:00.0',
    },
  };
}
