import { Node, ResourceList } from '../kserve/kinds';
import { digest } from '../kserve/names';

/** Kinds of machines in the sandbox's clusters. */
export const MACHINES = {
  controlPlane: {
    resources: { cpu: '8', memory: '32Gi', pods: '110' },
    taint: {
      key: 'node-role.kubernetes.io/control-plane',
      effect: 'NoSchedule',
    },
    labels: { 'node-role.kubernetes.io/control-plane': '' },
  },
  gpu: {
    resources: {
      cpu: '128',
      memory: '1024Gi',
      pods: '110',
      'nvidia.com/gpu': '4',
      'rdma/roce_gdr': '4',
    },
    labels: { 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3' },
  },
  /** For services that span nodes: all GPUs of a machine go to one pod. */
  gpuGroup: {
    resources: {
      cpu: '192',
      memory: '2048Gi',
      pods: '110',
      'nvidia.com/gpu': '8',
      'rdma/roce_gdr': '8',
    },
    taint: { key: 'dedicated', value: 'multi-node', effect: 'NoSchedule' },
    labels: { 'nvidia.com/gpu.product': 'NVIDIA-H200' },
  },
} satisfies Record<string, Machine>;

interface Machine {
  resources: ResourceList;
  taint?: { key: string; value?: string; effect: string };
  labels: Record<string, string>;
}

/** A node of some kind of machine. */
export function node(name: string, machine: Machine, now: string): Node {
  const address = `192.0.2.${1 + (Number.parseInt(digest(name, 4), 16) % 250)}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        ...machine.labels,
      },
    },
    spec: { ...(machine.taint ? { taints: [machine.taint] } : {}) },
    status: {
      capacity: machine.resources,
      allocatable: machine.resources,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: 'v1.32.4',
        containerRuntimeVersion: 'containerd://2.0.5',
      },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastTransitionTime: now,
        },
      ],
    },
  };
}
