import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { namespaceObject } from '../cluster/createClusterStore';
import { timestamp } from '../cluster/objectMetadata';
import { Pod, RESOURCES } from '../kserve/kinds';
import { seedClusterBase } from './clusterBase';
import { MACHINES, node } from './nodes';

/** The clusters of the sandbox and how each is furnished. */
export const CLUSTERS = {
  'gpu-east': seedGpuEast,
  'gpu-west': seedGpuWest,
} as const;

export type ClusterName = keyof typeof CLUSTERS;

/** Room for more than the seeded services need, so that new ones can be made. */
function seedGpuEast(store: MemoryClusterStore): void {
  seedClusterBase(store, { gatewayAddress: '203.0.113.14' });
  addNodes(store, 'cp', 3, MACHINES.controlPlane);
  addNodes(store, 'gpu-node', 8, MACHINES.gpu);
}

/** Hardly an RDMA share is left: a training job holds them. */
function seedGpuWest(store: MemoryClusterStore): void {
  seedClusterBase(store, { gatewayAddress: '203.0.113.41' });
  addNodes(store, 'cp', 3, MACHINES.controlPlane);
  addNodes(store, 'gpu-node', 2, MACHINES.gpu);
  addNodes(store, 'gpu8-node', 4, MACHINES.gpuGroup);
  store.create(RESOURCES.persistentVolumeClaim, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'deepseek-r1-0528', namespace: 'llm-demo' },
    spec: {
      accessModes: ['ReadOnlyMany'],
      resources: { requests: { storage: '1500Gi' } },
      volumeName: 'models-deepseek-r1-0528',
    },
    status: { phase: 'Bound', capacity: { storage: '1500Gi' } },
  });
  store.create(RESOURCES.namespace, namespaceObject('training'));
  for (let index = 0; index < 7; index++) {
    store.create(RESOURCES.pod, trainingPod(index));
  }
}

function addNodes(
  store: MemoryClusterStore,
  prefix: string,
  count: number,
  machine: Parameters<typeof node>[1],
): void {
  const now = timestamp(store.clock.now());
  for (let index = 1; index <= count; index++) {
    store.create(RESOURCES.node, node(`${prefix}-${index}`, machine, now));
  }
}

/** A worker of a training job: no GPU to speak of here, but an RDMA share. */
function trainingPod(index: number): Pod {
  const resources = { cpu: '8', memory: '32Gi', 'rdma/roce_gdr': '1' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `ranking-train-worker-${index}`,
      namespace: 'training',
      labels: { 'training.kubeflow.org/job-name': 'ranking-train' },
    },
    spec: {
      containers: [
        {
          name: 'pytorch',
          image: 'registry.example.com/training/ranking:2026.11',
          resources: { limits: resources, requests: resources },
        },
      ],
      restartPolicy: 'Never',
    },
    status: { phase: 'Pending', qosClass: 'Guaranteed', conditions: [] },
  };
}
