import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { llmService, pod } from '../__testUtils__/objects';
import { WATCHED_RESOURCES } from '../watch/resources';
import { ClusterStore } from './ClusterStore';
import { TimeExpander } from './projection/compactTime';
import { packPod, unpackPod } from './projection/pod';
import type { PodShared } from './projection/pod';

function storeWithSinks() {
  const dirty: string[] = [];
  const store = new ClusterStore({
    onDirty: (namespace, name) => dirty.push(`${namespace}/${name}`),
  });
  const sinks = new Map(
    WATCHED_RESOURCES.map(resource => [resource.kind, store.sink(resource)]),
  );
  return {
    store,
    put: (...objects: KubernetesObject[]) => {
      for (const object of objects)
        sinks.get(object.kind ?? '')?.upsert(object);
    },
    remove: (object: KubernetesObject) =>
      sinks.get(object.kind ?? '')?.remove(object),
    dirtied: () => [...new Set(dirty.splice(0))],
  };
}

const gateway = (programmed: string): KubernetesObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'shared', namespace: 'infra' },
  status: { conditions: [{ type: 'Programmed', status: programmed }] },
});

const withGateway = (service: KubernetesObject): KubernetesObject => ({
  ...service,
  spec: {
    router: { gateway: { refs: [{ name: 'shared', namespace: 'infra' }] } },
  },
});

const event = (kind: string, name: string, message: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `${name}.${message}`, namespace: 'llm' },
  involvedObject: { kind, name, namespace: 'llm' },
  message,
});

/** The pods of these tests were made at ten. */
const SOON = '2026-11-22T10:00:05Z';
const BEFORE = '2026-11-22T09:59:58Z';

describe('store of a cluster', () => {
  it('marks the service of what has changed, and says nothing of what has not', () => {
    const { put, dirtied } = storeWithSinks();
    put(llmService('qwen'), pod('qwen', 'decode', 0));
    expect(dirtied()).toEqual(['llm/qwen']);
    const heartbeat = pod('qwen', 'decode', 0);
    heartbeat.metadata = {
      ...heartbeat.metadata,
      resourceVersion: '99',
      managedFields: [{ manager: 'other' }],
    };
    put(heartbeat);
    expect(dirtied()).toEqual([]);
    put(pod('qwen', 'decode', 0, { ready: false }));
    expect(dirtied()).toEqual(['llm/qwen']);
  });

  it('marks every service that refers to a shared gateway', () => {
    const { put, dirtied, store } = storeWithSinks();
    put(
      withGateway(llmService('a')),
      withGateway(llmService('b')),
      llmService('c'),
      gateway('False'),
    );
    dirtied();
    put(gateway('True'));
    expect(dirtied().sort()).toEqual(['llm/a', 'llm/b']);
    const kinds = store.objectsOf('llm', 'a').map(({ kind }) => kind);
    expect(kinds).toEqual(['LLMInferenceService', 'Gateway']);
  });

  it('marks both services when a pod changes hands', () => {
    const { put, dirtied, store } = storeWithSinks();
    const moved = pod('a', 'decode', 0);
    put(llmService('a'), llmService('b'), moved);
    dirtied();
    put({
      ...moved,
      metadata: {
        ...moved.metadata,
        labels: { ...moved.metadata?.labels, 'app.kubernetes.io/name': 'b' },
      },
    });
    expect(dirtied().sort()).toEqual(['llm/a', 'llm/b']);
    expect(store.objectsOf('llm', 'a')).toHaveLength(1);
    expect(store.objectsOf('llm', 'b')).toHaveLength(2);
  });

  it('finds an event that came before the pod it is about, and drops it with the pod', () => {
    const { put, remove, store } = storeWithSinks();
    put(llmService('qwen'), event('Pod', 'qwen-kserve-0', 'early'));
    put(pod('qwen', 'decode', 0));
    const messages = () =>
      store.objectsOf('llm', 'qwen').flatMap(({ message }) => message ?? []);
    expect(messages()).toEqual(['early']);
    remove(pod('qwen', 'decode', 0));
    expect(messages()).toEqual([]);
  });

  it('takes what happens to the StatefulSets of a group for the LeaderWorkerSet', () => {
    const { put, store } = storeWithSinks();
    put(llmService('qwen'), {
      apiVersion: 'leaderworkerset.x-k8s.io/v1',
      kind: 'LeaderWorkerSet',
      metadata: {
        name: 'qwen-kserve-mn',
        namespace: 'llm',
        labels: {
          'app.kubernetes.io/part-of': 'llminferenceservice',
          'app.kubernetes.io/name': 'qwen',
        },
      },
      spec: { replicas: 1 },
    });
    put(event('StatefulSet', 'qwen-kserve-mn-0', 'exceeded quota'));
    expect(store.objectsOf('llm', 'qwen')).toContainEqual(
      expect.objectContaining({ message: 'exceeded quota' }),
    );
  });

  it('never holds a literal secret or the start script', () => {
    const { put, store } = storeWithSinks();
    put(pod('qwen', 'decode', 0));
    const held = JSON.stringify(store.objectsOf('llm', 'qwen'));
    expect(held).toContain('UCX_TLS');
    expect(held).not.toMatch(/hf_secret|a very long script/);
  });

  it('gives a packed pod back as it was, in a fraction of the room', () => {
    const original = pod('qwen', 'decode', 0);
    const { own, place, shared } = packPod(original);
    const template = JSON.parse(shared) as PodShared;
    const unpacked = unpackPod(
      'qwen-kserve-0',
      template,
      { own, place },
      new TimeExpander(),
    );
    expect(unpacked).toMatchObject({
      kind: 'Pod',
      metadata: {
        name: 'qwen-kserve-0',
        namespace: 'llm',
        uid: 'uid-qwen-kserve-0',
        creationTimestamp: '2026-11-22T10:00:00Z',
      },
      spec: { nodeName: 'node-1' },
      status: {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'True',
            lastTransitionTime: '2026-11-22T10:00:05Z',
          },
          { type: 'Ready', status: 'True' },
        ],
        containerStatuses: [
          {
            name: 'main',
            ready: true,
            restartCount: 0,
            image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
            imageID: 'sha256:0123',
            state: { running: { startedAt: '2026-11-22T10:01:00Z' } },
          },
        ],
      },
    });
    expect(own.length + place.length).toBeLessThan(
      JSON.stringify(original).length / 6,
    );
    const sibling = packPod(pod('qwen', 'decode', 1));
    expect(sibling.shared).toBe(shared);
  });

  it('gives every condition back, however much or little it says', () => {
    const conditions = [
      { type: 'Ready', status: 'True', lastTransitionTime: SOON },
      { type: 'Ready', status: 'Unknown', lastTransitionTime: SOON },
      { type: 'Ready', status: 'False', lastTransitionTime: BEFORE },
      { type: 'Ready', status: 'True' },
      { type: 'Initialized', status: 'True', lastTransitionTime: "10 o'clock" },
      { type: 'DisruptionTarget', status: 'True', lastTransitionTime: SOON },
      {
        type: 'ContainersReady',
        status: 'False',
        lastTransitionTime: SOON,
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [main]',
      },
      { status: 'True', lastTransitionTime: SOON },
    ];
    const original = pod('qwen', 'decode', 0);
    original.status = { phase: 'Running', conditions };
    const { own, place, shared } = packPod(original);
    const { status } = unpackPod(
      'qwen-kserve-0',
      JSON.parse(shared) as PodShared,
      { own, place },
      new TimeExpander(),
    );
    expect(status).toMatchObject({ conditions });
    expect(JSON.parse(own)[1][0]).toBe('R+5');
  });
});
