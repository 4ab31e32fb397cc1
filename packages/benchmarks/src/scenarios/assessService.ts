import { readFileSync } from 'node:fs';

import {
  assessService,
  type KubernetesObject,
  type Observation,
} from 'backstage-plugin-llm-inference-common';
import type { Bench } from 'tinybench';
import { parse } from 'yaml';
import { repositoryFile } from '../repositoryFile';

/** One size of service, with the median that it may take. */
export interface AssessSize {
  name: string;
  pods: number;
  /** Events per pod. */
  events: number;
  /** Milliseconds; absent where only the growth is of interest. */
  limit?: number;
}

/** From a usual service to the largest; the last ones show that the cost grows with pods and events alone. */
export const ASSESS_SIZES: readonly AssessSize[] = [
  { name: 'assess 16 pods', pods: 16, events: 0, limit: 0.5 },
  { name: 'assess 125 pods', pods: 125, events: 2 },
  { name: 'assess 250 pods', pods: 250, events: 2 },
  { name: 'assess 500 pods', pods: 500, events: 2 },
  { name: 'assess 1000 pods', pods: 1000, events: 2, limit: 20 },
  { name: 'assess 2000 pods', pods: 2000, events: 2 },
];

/** A whole observation with pods as large as those of a cluster. */
const FIXTURE = repositoryFile(
  'plugins/llm-inference-common/src/health/__fixtures__/healthy-2p1d-single-node.yaml',
);

function isPodOf(object: KubernetesObject, component: string): boolean {
  return (
    object.kind === 'Pod' &&
    object.metadata?.labels?.['app.kubernetes.io/component'] === component
  );
}

/** A healthy service with that many pods, half of them in each pool, without logs and metrics. */
export function makeObservation({ pods, events }: AssessSize): Observation {
  const { now, service, objects }: Observation = parse(
    readFileSync(FIXTURE, 'utf8'),
  );
  const half = Math.floor(pods / 2);
  const sizes = [
    ['llminferenceservice-workload', half],
    ['llminferenceservice-workload-prefill', pods - half],
  ] as const;
  const added = sizes.flatMap(([component, count]) => {
    const model = objects.find(object => isPodOf(object, component));
    return Array.from({ length: count }, (_, index) => ({
      ...structuredClone(model),
      metadata: {
        ...model?.metadata,
        name: `${component}-${index}`,
        uid: `${component}-${index}`,
      },
    }));
  });
  const kept = objects
    .filter(object => !sizes.some(([part]) => isPodOf(object, part)))
    .map(object => resize(object, sizes));
  return {
    now,
    service,
    objects: [...kept, ...added, ...makeEvents(added, events, now)],
  };
}

/** Lets a Deployment ask for, and count, as many pods as there are. */
function resize(
  object: KubernetesObject,
  sizes: ReadonlyArray<readonly [string, number]>,
): KubernetesObject {
  const size = sizes.find(
    ([component]) =>
      object.kind === 'Deployment' &&
      object.metadata?.labels?.['app.kubernetes.io/component'] === component,
  )?.[1];
  return size === undefined
    ? object
    : {
        ...object,
        spec: { ...Object(object.spec), replicas: size },
        status: {
          ...Object(object.status),
          replicas: size,
          updatedReplicas: size,
          readyReplicas: size,
          availableReplicas: size,
        },
      };
}

function makeEvents(
  pods: readonly KubernetesObject[],
  count: number,
  now: string,
): KubernetesObject[] {
  return pods.flatMap(({ metadata }) =>
    Array.from({ length: count }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${metadata?.name}.${index}`,
        namespace: metadata?.namespace,
      },
      involvedObject: {
        kind: 'Pod',
        name: metadata?.name,
        namespace: metadata?.namespace,
        uid: metadata?.uid,
      },
      reason: 'Pulled',
      type: 'Normal',
      message: 'Container image already present on machine',
      lastTimestamp: now,
    })),
  );
}

/** Adds one task per size. */
export function addAssessService(
  bench: Bench,
  sizes: readonly AssessSize[] = ASSESS_SIZES,
) {
  for (const size of sizes) {
    const observation = makeObservation(size);
    bench.add(size.name, () => {
      assessService(observation);
    });
  }
}
