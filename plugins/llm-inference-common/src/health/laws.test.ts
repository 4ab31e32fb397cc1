import * as fc from 'fast-check';
import { assessService } from './assessService';
import type { AccessKey, Observation } from './Observation';
import type { ServingHealth, Verdict } from './ServingHealth';
import { loadScenarios } from './__testUtils__/loadScenarios';
import { mutate, mutations } from './__testUtils__/mutations';
import { SCENARIO_OBSERVATIONS } from './__testUtils__/causeScenarios';
import { ServiceBuilder } from './__testUtils__/ServiceBuilder';
import type { Fixture } from './__testUtils__/fixtureBasics';

/** Few by default, 50,000 in CI. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

const OBSERVATIONS: Fixture[] = [...loadScenarios(), ...SCENARIO_OBSERVATIONS];

const someObservation = fc.constantFrom(...OBSERVATIONS);

const someMutated = fc
  .tuple(someObservation, mutations)
  .map(([observation, list]) => mutate(observation, list));

/** The other laws need several assessments per run, and few runs find what is wrong with them. */
const LAW_RUNS = Math.ceil(Math.sqrt(RUNS) * 15);

const check = <T>(property: fc.IProperty<T>, numRuns = LAW_RUNS) =>
  fc.assert(property, { numRuns });

/** From best to worst. Unknown and Missing are no statement about health. */
const RANKS: Readonly<Partial<Record<Verdict, number>>> = {
  Healthy: 0,
  Progressing: 1,
  Degraded: 2,
  Unavailable: 3,
};

function isBetter(verdict: Verdict, than: Verdict): boolean {
  const rank = RANKS[verdict];
  const other = RANKS[than];
  return rank !== undefined && other !== undefined && rank < other;
}

it(
  'throws on nothing, whatever the input',
  () => {
    check(
      fc.property(fc.oneof(someMutated, fc.anything()), input => {
        expect(assessService(input as Observation).verdict).toBeDefined();
      }),
      RUNS,
    );
  },
  RUNS * 20 + 10_000,
);

it.each([null, undefined, 0, '', [], {}, { objects: {} }, { objects: [null] }])(
  'says Unknown or Missing of %j',
  input => {
    const { verdict } = assessService(input as unknown as Observation);
    expect(['Unknown', 'Missing']).toContain(verdict);
  },
);

it(
  'says the same of the same, and changes nothing',
  () => {
    check(
      fc.property(someMutated, observation => {
        const before = JSON.stringify(observation);
        const first = assessService(observation);
        const second = assessService(observation);
        expect(second).toEqual(first);
        expect(JSON.stringify(observation)).toBe(before);
      }),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

it(
  'says the same in whatever order objects come',
  () => {
    check(
      fc.property(
        someMutated,
        fc.infiniteStream(fc.nat()),
        (observation, random) => {
          if (!Array.isArray(observation?.objects)) {
            return;
          }
          const objects = [...observation.objects];
          const keys = new Map(
            objects.map(object => [object, random.next().value as number]),
          );
          const shuffled = [...objects].sort(
            (a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0),
          );
          expect(assessService({ ...observation, objects: shuffled })).toEqual(
            assessService(observation),
          );
        },
      ),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

it(
  'is never worse after a faulty pod is replaced by its healthy twin',
  () => {
    check(
      fc.property(someObservation, fc.nat(), (observation, choice) => {
        const pods = observation.objects.filter(isFaultyPod);
        if (pods.length === 0) {
          return;
        }
        const pod = pods[choice % pods.length];
        const objects = observation.objects.map((object: Fixture) =>
          object === pod ? healthyTwin(pod) : object,
        );
        const logs = Object.fromEntries(
          Object.entries(observation.logs ?? {}).filter(
            ([key]) => !key.startsWith(`${pod.metadata.name}/`),
          ),
        );
        const before = assessService(observation).verdict;
        const after = assessService({ ...observation, objects, logs }).verdict;
        expect(isBetter(before, after) ? [before, after] : []).toEqual([]);
      }),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

it(
  'does not care for objects of others',
  () => {
    check(
      fc.property(
        someObservation,
        someObservation,
        fc.nat(),
        (observation, other, choice) => {
          const stranger = makeStranger(
            other.objects[choice % other.objects.length],
          );
          if (!stranger) {
            return;
          }
          expect(
            assessService({
              ...observation,
              objects: [...observation.objects, stranger],
            }),
          ).toEqual(assessService(observation));
        },
      ),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

const LISTS: ReadonlyArray<readonly [AccessKey, RegExp]> = [
  ['pods', /^Pod$/],
  ['events', /^Event$/],
  ['deployments', /^Deployment$/],
  ['replicasets', /^ReplicaSet$/],
  ['leaderworkersets', /^LeaderWorkerSet$/],
  ['inferencepools', /^InferencePool$/],
  ['httproutes', /^HTTPRoute$/],
  ['gateways', /^Gateway$/],
  ['horizontalpodautoscalers', /^HorizontalPodAutoscaler$/],
  ['llminferenceservices', /^LLMInferenceService$/],
];

it(
  'never looks healthier after a list was taken away',
  () => {
    check(
      fc.property(
        someObservation,
        fc.constantFrom(...LISTS),
        (observation, [key, kind]) => {
          const before = assessService(observation);
          const after = assessService({
            ...observation,
            objects: observation.objects.filter(
              (object: Fixture) => !kind.test(object.kind),
            ),
            access: { ...observation.access, [key]: 'Forbidden' },
          });
          const looksBetter =
            isBetter(after.verdict, before.verdict) && !saysUnread(after, key);
          expect(
            looksBetter ? [key, before.verdict, after.verdict] : [],
          ).toEqual([]);
          // Pods decide what serves: without them the verdict itself must not rise.
          const rises =
            key === 'pods' && isBetter(after.verdict, before.verdict);
          expect(rises).toBe(false);
        },
      ),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

it(
  'never shows a secret',
  () => {
    const secret = fc.constantFrom(
      'hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567',
      'Bearer s3cr3t-t0k3n-value-0123456789',
      'https://robot:hunter2hunter2@registry.example.com/v2/',
      'AKIAIOSFODNN7EXAMPLE',
      'HF_TOKEN=supersecretvalue99',
    );
    const marks = [
      'AbCdEfGhIjKlMnOpQrStUvWxYz01234567',
      's3cr3t-t0k3n-value',
      'hunter2hunter2',
      'IOSFODNN7EXAMPLE',
      'supersecretvalue99',
    ];
    check(
      fc.property(
        someObservation,
        secret,
        fc.constantFrom('before', 'after', 'colour'),
        (observation, text, place) => {
          const shown = JSON.stringify(
            assessService(plant(observation, text, place)),
          );
          expect(marks.filter(mark => shown.includes(mark))).toEqual([]);
        },
      ),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

it(
  'quotes at most 512 characters, and names a cause for every fault',
  () => {
    check(
      fc.property(someMutated, observation => {
        const health = assessService(observation);
        const long = health.causes
          .flatMap(({ evidence }) => evidence)
          .concat(health.kvTransfer.evidence)
          .filter(({ quote }) => quote.length > 512);
        expect(long).toEqual([]);
        const faults = health.causes.filter(
          ({ severity }) => severity !== 'Info',
        );
        const explained =
          faults.length > 0 || health.kvTransfer.effectiveness === 'Suspect';
        expect(
          /^(?:Degraded|Unavailable)$/.test(health.verdict) && !explained
            ? health.summary
            : '',
        ).toBe('');
        expect(health.summary).not.toMatch(/undefined|null|\[object/);
      }),
    );
  },
  LAW_RUNS * 50 + 10_000,
);

function isFaultyPod(object: Fixture): boolean {
  return (
    object.kind === 'Pod' &&
    !object.status?.conditions?.some(
      (c: Fixture) => c.type === 'Ready' && c.status === 'True',
    )
  );
}

/** The same pod as it would be if nothing were wrong with it. */
function healthyTwin(pod: Fixture): Fixture {
  const model = new ServiceBuilder().pod('decode');
  const names = [
    ...(pod.spec.initContainers ?? []),
    ...(pod.spec.containers ?? []),
  ].map((container: Fixture) => container.name);
  const keep = (list: Fixture[]) =>
    list.filter(({ name }) => names.includes(name));
  return {
    ...pod,
    spec: { ...pod.spec, nodeName: pod.spec.nodeName ?? 'gpu-node-9' },
    status: {
      ...structuredClone(model.status),
      initContainerStatuses: keep(model.status.initContainerStatuses),
      containerStatuses: keep(model.status.containerStatuses).map(
        (container: Fixture) => ({ ...container, imageID: '' }),
      ),
    },
  };
}

/** An object that belongs to another service: of another name, or in another namespace. */
function makeStranger(object: Fixture): Fixture | undefined {
  if (object.kind === 'Gateway') {
    return undefined;
  }
  return {
    ...object,
    metadata: {
      ...object.metadata,
      namespace: 'elsewhere',
      name: `stranger-${object.metadata.name}`,
    },
    ...(object.involvedObject && {
      involvedObject: { ...object.involvedObject, namespace: 'elsewhere' },
    }),
  };
}

function saysUnread(health: ServingHealth, key: string): boolean {
  return health.causes.some(
    ({ id, subjects }) => id === 'access-denied' && subjects.includes(key),
  );
}

/** Plants a secret wherever a person or a program could have written one. */
function plant(observation: Fixture, secret: string, place: string): Fixture {
  const escape = String.fromCharCode(27);
  const mix = (text: unknown) => {
    if (typeof text !== 'string') {
      return text;
    }
    switch (place) {
      case 'before':
        return `${secret} ${text}`;
      case 'after':
        return `${text} ${secret}`;
      default:
        return `${text} ${escape}[1m${secret.slice(
          0,
          3,
        )}${escape}[0m${secret.slice(3)}`;
    }
  };
  return {
    ...observation,
    objects: JSON.parse(JSON.stringify(observation.objects), (key, value) =>
      key === 'message' || key === 'reason' ? mix(value) : value,
    ),
    logs: Object.fromEntries(
      Object.entries(observation.logs ?? {}).map(([key, text]) => [
        key,
        String(text)
          .split('\n')
          .map(line => mix(line))
          .join('\n'),
      ]),
    ),
  };
}
