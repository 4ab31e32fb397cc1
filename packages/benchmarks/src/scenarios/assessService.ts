import { readFileSync } from 'node:fs';

import {
  assessService,
  type KubernetesObject,
  type Observation,
} from 'backstage-plugin-llm-inference-common';
import { parse } from 'yaml';
import { alternate, timed } from '../harness/alternate';
import type { Scenario } from '../harness/Scenario';
import { repositoryFile } from '../repositoryFile';

/** One size of service. */
export interface ObservationSize {
  pods: number;
  /** Events per pod. */
  events: number;
}

/** From a usual service to the largest, with the median that each may take in milliseconds. */
const SIZES = [
  { pods: 16, atMost: 0.5 },
  { pods: 160 },
  { pods: 1000, atMost: 20 },
  { pods: 1600 },
];

const EVENTS_PER_POD = 2;

/** The verdict about one service, from the projected objects to causes and remedies. */
export const assessServiceScenario: Scenario = {
  name: 'assess-service',
  title: 'assessService on one service, against JSON.parse of its objects',
  sizes: () =>
    SIZES.map(({ pods }) => ({ label: `${pods} pods`, scale: pods })),
  async measure({ size, mode }) {
    const { scale: pods } = size;
    const observation = makeObservation({ pods, events: EVENTS_PER_POD });
    const text = JSON.stringify(observation.objects);
    const turnMs = mode === 'quick' ? 50 : 200;
    const samples = await alternate(
      {
        ours: timed(() => assessService(observation), turnMs),
        floor: timed(() => JSON.parse(text), turnMs),
      },
      { warmUp: 2, rounds: mode === 'quick' ? 4 : 8 },
    );
    return [
      {
        metric: 'time',
        unit: 'ms',
        contenders: [
          { role: 'ours', name: 'assessService', samples: samples.ours },
          { role: 'floor', name: 'JSON.parse', samples: samples.floor },
        ],
        bars: SIZES.filter(entry => entry.pods === pods).flatMap(({ atMost }) =>
          atMost === undefined ? [] : [{ statistic: 'median', atMost }],
        ),
      },
    ];
  },
};

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
export function makeObservation({
  pods,
  events,
}: ObservationSize): Observation {
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
