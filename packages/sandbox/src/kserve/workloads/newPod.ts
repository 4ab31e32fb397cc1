import { KubeObject } from '../../cluster/ClusterStore';
import { Pod, PodTemplate } from '../kinds';
import { ownerReference } from '../owners';

/** A pod as its owner creates it from a template, before anything has happened to it. */
export function newPod(
  owner: KubeObject,
  template: PodTemplate,
  identity: { name: string } | { generateName: string },
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      ...identity,
      namespace: owner.metadata.namespace,
      labels: template.metadata.labels,
      ...(template.metadata.annotations
        ? { annotations: template.metadata.annotations }
        : {}),
      ownerReferences: [ownerReference(owner)],
    },
    spec: template.spec,
    status: {
      phase: 'Pending',
      qosClass: qosClass(template),
      conditions: [],
    },
  };
}

function qosClass(template: PodTemplate): string {
  const containers = [
    ...template.spec.containers,
    ...(template.spec.initContainers ?? []),
  ];
  const lists = containers.map(container => container.resources ?? {});
  const isBare = lists.every(
    ({ limits, requests }) =>
      !Object.keys(limits ?? {}).length && !Object.keys(requests ?? {}).length,
  );
  if (isBare) {
    return 'BestEffort';
  }
  const isGuaranteed = lists.every(({ limits, requests }) =>
    ['cpu', 'memory'].every(
      resource =>
        limits?.[resource] !== undefined &&
        limits[resource] === requests?.[resource],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
