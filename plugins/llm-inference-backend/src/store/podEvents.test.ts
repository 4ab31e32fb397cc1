import { Readable } from 'node:stream';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { llmService, pod } from '../__testUtils__/objects';
import type { JsonObject } from './projection/fields';
import { readWatchEvent } from '../watch/messages';
import { readPage } from '../watch/pages';
import { WATCHED_RESOURCES } from '../watch/resources';
import { ClusterStore } from './ClusterStore';

/** Every part of a pod that can change, in its spec and outside: where it is, and what it becomes. */
const CHANGES: Record<string, [path: string[], value: unknown]> = {
  node: [['spec', 'nodeName'], 'node-2'],
  'image of a container': [['spec', 'containers', '0', 'image'], 'other:1'],
  'resources, resized in place': [
    ['spec', 'containers', '0', 'resources', 'limits', 'nvidia.com/gpu'],
    '2',
  ],
  toleration: [['spec', 'tolerations'], [{ key: 'nvidia.com/gpu' }]],
  'scheduling gate': [['spec', 'schedulingGates'], [{ name: 'kueue' }]],
  label: [['metadata', 'labels', 'llm-d.ai/role'], 'both'],
  service: [['metadata', 'labels', 'app.kubernetes.io/name'], 'llama'],
  'annotation of the template': [
    ['metadata', 'annotations'],
    { 'k8s.v1.cni.cncf.io/networks': 'roce-p2' },
  ],
  'networks that are attached': [
    ['metadata', 'annotations'],
    { 'k8s.v1.cni.cncf.io/network-status': '[{"name":"roce-p2"}]' },
  ],
  owner: [['metadata', 'ownerReferences', '0', 'name'], 'adopted'],
  uid: [['metadata', 'uid'], 'made-anew'],
  creation: [['metadata', 'creationTimestamp'], '2026-11-22T11:00:00Z'],
  deletion: [['metadata', 'deletionTimestamp'], '2026-11-22T11:00:00Z'],
  phase: [['status', 'phase'], 'Failed'],
  address: [['status', 'podIP'], '10.0.0.7'],
  condition: [['status', 'conditions', '1', 'status'], 'False'],
  readiness: [['status', 'containerStatuses', '0', 'ready'], false],
  restarts: [['status', 'containerStatuses', '0', 'restartCount'], 3],
  'image that runs': [
    ['status', 'containerStatuses', '0', 'imageID'],
    'sha256:4567',
  ],
  'container that starts first': [
    ['status', 'initContainerStatuses'],
    [{ name: 'init', ready: true }],
  ],
};

/** A copy in which one thing is different. */
function changed(
  object: KubernetesObject,
  path: string[],
  value: unknown,
): KubernetesObject {
  const copy = structuredClone(object);
  const [last, ...holders] = [...path].reverse();
  const holder = holders.reduceRight<JsonObject>(
    (inner, name) => inner[name] as JsonObject,
    copy as JsonObject,
  );
  holder[last] = value;
  return copy;
}

/** The order in which an API server writes the members, and another one. */
const ORDERS = {
  'spec before status': ['metadata', 'spec', 'status'],
  'status before spec': ['metadata', 'status', 'spec'],
  'spec before metadata': ['spec', 'metadata', 'status'],
};

function lineOf(object: KubernetesObject, order: string[]): string {
  const { apiVersion, kind } = object;
  const members = order.map(name => [name, object[name]]);
  return JSON.stringify({
    type: 'MODIFIED',
    object: { apiVersion, kind, ...Object.fromEntries(members) },
  });
}

function storeOfPods() {
  const dirty: string[] = [];
  const store = new ClusterStore({
    onDirty: (_namespace, name) => dirty.push(name),
  });
  const sinkOf = (id: string) =>
    store.sink(WATCHED_RESOURCES.find(resource => resource.id === id)!);
  const services = sinkOf('llminferenceservices');
  services.upsert(llmService('qwen'));
  services.upsert(llmService('llama'));
  const pods = sinkOf('pods');
  return {
    pods,
    read(line: string) {
      const event = readWatchEvent(line, pods);
      if ('object' in event) pods.upsert(event.object, event.spec);
    },
    held: () =>
      ['qwen', 'llama'].map(name =>
        store.objectsOf('llm', name).filter(({ kind }) => kind === 'Pod'),
      ),
    dirtied: () => [...new Set(dirty.splice(0))],
  };
}

function noted(object: KubernetesObject, field = 'f:phase'): KubernetesObject {
  const managedFields = [
    {
      manager: 'kubelet',
      operation: 'Update',
      fieldsV1: {
        'f:spec': { 'k:{"name":"main"}': { '.': {} } },
        'f:status': { [field]: {} },
      },
    },
  ];
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

describe('events of pods', () => {
  describe.each(Object.entries(ORDERS))('with the %s', (_words, order) => {
    it.each(Object.entries(CHANGES))(
      'show another %s',
      (_what, [path, value]) => {
        const { read, held, dirtied } = storeOfPods();
        const before = noted(pod('qwen', 'decode', 0));
        read(lineOf(before, order));
        // Again, so that everything is known by the text of the event.
        read(lineOf(before, order));
        dirtied();
        const after = changed(before, path, value);
        read(lineOf(after, order));
        const wanted = storeOfPods();
        wanted.pods.upsert(structuredClone(after));
        expect(held()).toEqual(wanted.held());
        expect(dirtied()).toContain('qwen');
        read(lineOf(before, order));
        wanted.pods.upsert(structuredClone(before));
        expect(held()).toEqual(wanted.held());
      },
    );

    it('say nothing where nothing that health reads has changed', () => {
      const { read, dirtied } = storeOfPods();
      const before = noted(pod('qwen', 'decode', 0));
      read(lineOf(before, order));
      read(lineOf(before, order));
      dirtied();
      const after = changed(
        changed(
          changed(before, ['metadata', 'resourceVersion'], '99'),
          ['metadata', 'managedFields'],
          [{ manager: 'somebody' }],
        ),
        ['status', 'conditions', '0', 'lastProbeTime'],
        '2026-11-22T11:00:00Z',
      );
      read(lineOf(after, order));
      expect(dirtied()).toEqual([]);
    });
  });

  it('are read as they are where their text looks like what is cut out of others', () => {
    const { read, held } = storeOfPods();
    const claim = { spec: { storageClassName: 'fast' } };
    const odd = [
      [
        ['metadata', 'annotations'],
        {
          'app.kubernetes.io/version': ',"managedFields":[{"x":1}],"spec":{}',
        },
      ],
      [
        ['spec', 'volumes'],
        [{ name: 'scratch', ephemeral: { volumeClaimTemplate: claim } }],
      ],
      [['status', 'resize'], { status: {}, spec: {} }],
    ].reduce(
      (object, [path, value]) => changed(object, path as string[], value),
      noted(pod('qwen', 'decode', 0), 'f:a}],"spec":{"b":[{"c":1}],"status":{'),
    );
    for (const order of Object.values(ORDERS)) {
      const wanted = storeOfPods();
      wanted.pods.upsert(structuredClone(odd));
      read(lineOf(odd, order));
      expect(held()).toEqual(wanted.held());
    }
  });

  it('are read from lists with and without the notes of who wrote which field', async () => {
    const plain = pod('qwen', 'decode', 0);
    const empty = changed(plain, ['metadata', 'managedFields'], []);
    const items = [plain, noted(plain), noted(plain, 'f:}]'), empty];
    const list = { metadata: { resourceVersion: '1' }, items };
    const objects: KubernetesObject[] = [];
    await readPage(
      Readable.from([Buffer.from(JSON.stringify(list))]),
      async taken => {
        objects.push(...taken);
      },
    );
    expect(objects.map(({ spec, status }) => ({ spec, status }))).toEqual(
      items.map(({ spec, status }) => ({ spec, status })),
    );
    expect(objects.map(({ metadata }) => metadata?.ownerReferences)).toEqual(
      items.map(({ metadata }) => metadata?.ownerReferences),
    );
  });
});
