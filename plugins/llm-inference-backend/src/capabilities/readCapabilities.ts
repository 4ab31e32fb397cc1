import { setImmediate } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import {
  classifyResource,
  parseQuantity,
  redactText,
} from 'backstage-plugin-llm-inference-common';
import type {
  ClusterCapabilities,
  KubernetesObject,
  OfferedResource,
} from 'backstage-plugin-llm-inference-common';
import type { KubernetesClient } from '../clusters/KubernetesClient';
import { objectOf, objectsOf, stringOf } from '../store/projection/fields';
import { readPage } from '../watch/pages';
import { readKserveVersion } from './kserveVersion';

/** What is known of the cluster from the watches already. */
export interface WatchedFacts {
  cluster: string;
  /** Version of the LLMInferenceService API; absent where it is not served. */
  apiVersion?: string;
  gateways: Iterable<KubernetesObject>;
  /** Pods of LLMInferenceServices. */
  pods: Iterable<KubernetesObject>;
}

/** Pods looked at before others have their turn. */
const PODS_PER_TURN = 500;

/** Reads what a cluster offers. What cannot be read is named and never guessed. */
export async function readCapabilities(
  client: KubernetesClient,
  facts: WatchedFacts,
  signal: AbortSignal,
): Promise<ClusterCapabilities> {
  const unread: Record<string, string> = {};
  const attempt = async <T>(
    resource: string,
    read: () => Promise<T>,
  ): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      unread[resource] = redactText(
        isError(error) ? error.message : String(error),
      );
      return null;
    }
  };
  const list = (path: string) => listAll(client, path, signal);
  const [nodes, networks, policies, version] = await Promise.all([
    attempt('nodes', () => list('/api/v1/nodes')),
    attempt('network-attachment-definitions', () =>
      list('/apis/k8s.cni.cncf.io/v1/network-attachment-definitions'),
    ),
    attempt('sriovnetworknodepolicies', () =>
      list('/apis/sriovnetwork.openshift.io/v1/sriovnetworknodepolicies'),
    ),
    attempt('kserve controller', () => readKserveVersion(client, signal)),
  ]);
  const resources = await offeredResources(nodes ?? [], facts.pods);
  return {
    cluster: facts.cluster,
    at: new Date().toISOString(),
    kserve: {
      ...(facts.apiVersion ? { apiVersion: facts.apiVersion } : {}),
      ...(version ? { version } : {}),
    },
    gpus: resources.filter(({ name }) => classifyResource(name) === 'gpu'),
    rdma: resources.filter(({ name }) => classifyResource(name) === 'rdma'),
    networkAttachments: networks?.map(describeNetwork) ?? null,
    sriovPolicies: policies?.map(describePolicy) ?? null,
    gateways: [...facts.gateways].map(describeGateway),
    unread,
  };
}

async function listAll(
  client: KubernetesClient,
  path: string,
  signal: AbortSignal,
): Promise<KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  let continueToken: string | undefined;
  do {
    const chunks = await client.getChunks(
      path,
      { limit: 250, continue: continueToken },
      signal,
    );
    const page = await readPage(chunks, async items => {
      objects.push(...items);
    });
    continueToken = page.continueToken;
  } while (continueToken);
  return objects;
}

async function offeredResources(
  nodes: KubernetesObject[],
  pods: Iterable<KubernetesObject>,
): Promise<OfferedResource[]> {
  const offered = new Map<string, OfferedResource>();
  for (const node of nodes) {
    if (objectOf(node.spec).unschedulable === true) continue;
    const allocatable = objectOf(objectOf(node.status).allocatable);
    for (const [name, quantity] of Object.entries(allocatable)) {
      const units = parseQuantity(quantity) ?? 0;
      if (classifyResource(name) === 'core' || units <= 0) continue;
      const resource = offered.get(name) ?? {
        name,
        nodes: 0,
        allocatable: 0,
        free: 0,
        largestNode: 0,
      };
      resource.nodes += 1;
      resource.allocatable += units;
      resource.free += units;
      resource.largestNode = Math.max(resource.largestNode, units);
      offered.set(name, resource);
    }
  }
  let seen = 0;
  for (const pod of pods) {
    seen += 1;
    if (seen % PODS_PER_TURN === 0) await setImmediate();
    const phase = objectOf(pod.status).phase;
    const spec = objectOf(pod.spec);
    if (!spec.nodeName || phase === 'Succeeded' || phase === 'Failed') continue;
    for (const container of objectsOf(spec.containers)) {
      const limits = objectOf(objectOf(container.resources).limits);
      for (const [name, quantity] of Object.entries(limits)) {
        const resource = offered.get(name);
        if (resource) {
          resource.free = Math.max(
            0,
            resource.free - (parseQuantity(quantity) ?? 0),
          );
        }
      }
    }
  }
  return [...offered.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function describeNetwork({ metadata }: KubernetesObject) {
  const resourceName = stringOf(
    objectOf(metadata?.annotations)['k8s.v1.cni.cncf.io/resourceName'],
  );
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    ...(resourceName ? { resourceName } : {}),
  };
}

function describePolicy({ metadata, spec }: KubernetesObject) {
  const { resourceName, isRdma, numVfs } = objectOf(spec);
  return {
    name: metadata?.name ?? '',
    ...(typeof resourceName === 'string' ? { resourceName } : {}),
    isRdma: isRdma === true,
    ...(typeof numVfs === 'number' ? { vfs: numVfs } : {}),
  };
}

function describeGateway({ metadata, status }: KubernetesObject) {
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    programmed: objectsOf(objectOf(status).conditions).some(
      ({ type, status: value }) => type === 'Programmed' && value === 'True',
    ),
  };
}
