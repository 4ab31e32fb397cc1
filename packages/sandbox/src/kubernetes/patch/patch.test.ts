import fc from 'fast-check';
import { JsonRecord } from '../../cluster/json';
import { hasKubectl, Kubectl } from '../testing/kubectl';
import { describeIf } from '../testing/skipping';
import { jsonPatch } from './jsonPatch';
import { mergePatch } from './mergePatch';
import { strategicMergePatch } from './strategicMerge';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    labels: { app: 'web', tier: 'front' },
    finalizers: ['a', 'b'],
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'main:1',
            args: ['--one'],
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
            ports: [{ containerPort: 80, name: 'http' }],
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
          { name: 'side', image: 'side:1' },
        ],
        volumes: [{ name: 'data', emptyDir: {} }],
        tolerations: [{ key: 'gpu', operator: 'Exists' }],
      },
    },
  },
};

const inPod = (spec: object) => ({ spec: { template: { spec } } });

/** Patches whose outcome kubectl's own library says. */
const STRATEGIC: Array<[string, object]> = [
  ['a scalar', { spec: { replicas: 5 } }],
  ['a label and its removal', { metadata: { labels: { tier: null, x: 'y' } } }],
  [
    'one container of two',
    inPod({ containers: [{ name: 'main', image: 'main:2' }] }),
  ],
  ['a new container', inPod({ containers: [{ name: 'new', image: 'new:1' }] })],
  [
    'the end of a container',
    inPod({ containers: [{ name: 'side', $patch: 'delete' }] }),
  ],
  [
    'environment, ports and mounts by their keys',
    inPod({
      containers: [
        {
          name: 'main',
          env: [
            { name: 'B', value: '20' },
            { name: 'C', value: '3' },
          ],
          ports: [{ containerPort: 81 }],
          volumeMounts: [{ mountPath: '/data', name: 'other' }],
        },
      ],
    }),
  ],
  [
    'lists that are replaced',
    inPod({
      containers: [{ name: 'main', args: ['--two', '--three'] }],
      tolerations: [{ key: 'rdma', operator: 'Exists' }],
    }),
  ],
  [
    'a whole list, replaced on purpose',
    inPod({
      containers: [{ $patch: 'replace' }, { name: 'only', image: 'o' }],
    }),
  ],
  ['a finalizer more', { metadata: { finalizers: ['c'] } }],
  [
    'a finalizer less',
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
  ],
  [
    'another kind of strategy',
    {
      spec: {
        strategy: { $retainKeys: ['type'], type: 'Recreate' },
      },
    },
  ],
  [
    'another kind of volume',
    inPod({
      volumes: [
        {
          name: 'data',
          emptyDir: null,
          persistentVolumeClaim: { claimName: 'c' },
        },
      ],
    }),
  ],
  [
    'new and old containers in a mixed order',
    inPod({
      '$setElementOrder/containers': [
        { name: 'new' },
        { name: 'side' },
        { name: 'last' },
      ],
      containers: [
        { name: 'new', image: 'new:1' },
        { name: 'last', image: 'last:1' },
      ],
    }),
  ],
  [
    'an order of containers',
    inPod({
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
      containers: [{ name: 'main', image: 'main:3' }],
    }),
  ],
];

describeIf(
  hasKubectl(),
  'kubectl is not on the PATH: patches are not held against its own',
)('patches are what kubectl makes of them', () => {
  const kubectl = new Kubectl('');
  afterAll(() => kubectl.dispose());

  const patchedByKubectl = async (type: string, patch: object) => {
    const { stdout, stderr } = await kubectl.run(
      [
        'patch',
        '--local',
        '-f',
        '-',
        '-o',
        'json',
        '--type',
        type,
        '-p',
        JSON.stringify(patch),
      ],
      JSON.stringify(deployment),
    );
    if (!stdout) {
      throw new Error(stderr);
    }
    return withoutZeroes(JSON.parse(stdout));
  };

  /** Typed objects print fields that nobody set. */
  function withoutZeroes(object: JsonRecord): unknown {
    return JSON.parse(
      JSON.stringify(object, (key, value: unknown) => {
        const isZero =
          value === null ||
          (['status', 'resources'].includes(key) &&
            JSON.stringify(value) === '{}');
        return isZero ? undefined : value;
      }),
    );
  }

  it.each(STRATEGIC)('strategic: %s', async (_what, patch) => {
    expect(
      withoutZeroes(strategicMergePatch(deployment, patch) as JsonRecord),
    ).toEqual(await patchedByKubectl('strategic', patch));
  });

  it('merge', async () => {
    const patch = {
      metadata: { labels: { tier: null } },
      ...inPod({ containers: [{ name: 'only', image: 'o' }] }),
    };
    expect(withoutZeroes(mergePatch(deployment, patch) as JsonRecord)).toEqual(
      await patchedByKubectl('merge', patch),
    );
  });

  it('json', async () => {
    const patch = [
      {
        op: 'add',
        path: '/spec/template/spec/containers/1',
        value: { name: 'x', image: 'x' },
      },
      { op: 'remove', path: '/spec/template/spec/containers/2' },
      {
        op: 'move',
        from: '/metadata/labels/tier',
        path: '/metadata/labels/moved',
      },
      { op: 'copy', from: '/spec/replicas', path: '/spec/minReadySeconds' },
      { op: 'add', path: '/metadata/finalizers/-', value: 'z' },
    ];
    expect(withoutZeroes(jsonPatch(deployment, patch) as JsonRecord)).toEqual(
      await patchedByKubectl('json', patch),
    );
  });
});

describe('any merge patch', () => {
  const json = fc.jsonValue();

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  it('leaves its target as it was', () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const before = JSON.stringify(target);
        mergePatch(target, patch);
        expect(JSON.stringify(target)).toBe(before);
      }),
    );
  });
});

describe('a JSON patch', () => {
  it.each([
    [[{ op: 'remove', path: '/absent' }]],
    [[{ op: 'replace', path: '/absent', value: 1 }]],
    [[{ op: 'add', path: '/list/9', value: 1 }]],
    [[{ op: 'test', path: '/a', value: 2 }]],
    [[{ op: 'fly', path: '/a' }]],
    [[{ op: 'add', path: 'a', value: 1 }]],
  ])('is refused: %j', operations => {
    expect(() => jsonPatch({ a: 1, list: [] }, operations)).toThrow();
  });
});
