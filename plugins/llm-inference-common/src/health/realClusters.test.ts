import { assessService } from './assessService';
import {
  crashes,
  containerOf,
  makeYoung,
  runsUnready,
  setCondition,
  unschedulable,
} from './__testUtils__/podFaults';
import { measure } from './__testUtils__/measure';
import { rootCauseOf } from './__testUtils__/expectScenario';
import {
  ago,
  makePod,
  NAME,
  ServiceBuilder,
  type Fixture,
} from './__testUtils__/ServiceBuilder';

function assess(build: (s: ServiceBuilder) => void) {
  const service = new ServiceBuilder();
  build(service);
  return assessService(service.observe());
}

const GATED =
  'huggingface_hub.errors.GatedRepoError: 401 Client Error. Cannot access gated repo for url https://huggingface.co/api/models/x';

describe('real clusters are messy', () => {
  it('leaves other services of the namespace alone', () => {
    const health = assess(s => {
      const other = new ServiceBuilder();
      for (const pod of other.pods.decode) {
        pod.metadata.name = `other-${pod.metadata.name}`;
        pod.metadata.labels['app.kubernetes.io/name'] = 'other';
        pod.metadata.ownerReferences[0].name = 'other-kserve-new';
        crashes(pod, { message: 'CUDA out of memory' });
        s.more.push(pod);
      }
    });
    expect(health).toMatchObject({ verdict: 'Healthy', causes: [] });
    expect(health.pools.decode?.pods).toHaveLength(1);
  });

  it('leaves a service of the same name in another namespace alone', () => {
    const health = assess(s => {
      const other = structuredClone(s.pod('decode'));
      other.metadata.namespace = 'elsewhere';
      unschedulable(other, '0/1 nodes are available: 1 Insufficient cpu.');
      s.more.push(other);
    });
    expect(health.verdict).toBe('Healthy');
  });

  it('leaves events of an earlier pod of the same name alone', () => {
    const health = assess(s => {
      const pod = s.pod('decode');
      s.event(
        { ...pod, metadata: { ...pod.metadata, uid: 'earlier' } },
        'Killing',
        'Container main failed liveness probe, will be restarted',
      );
    });
    expect(health.verdict).toBe('Healthy');
  });

  it.each<[string, (pod: Fixture) => void]>([
    [
      'terminating',
      pod => {
        pod.metadata.deletionTimestamp = ago(-0.5);
      },
    ],
    [
      'succeeded',
      pod => {
        pod.status = { phase: 'Succeeded' };
      },
    ],
    [
      'evicted long ago',
      pod => {
        pod.status = {
          phase: 'Failed',
          reason: 'Evicted',
          message: 'The node was low on resource: memory.',
        };
      },
    ],
  ])('does not count pods that are %s', (_, change) => {
    const health = assess(s => {
      const gone = makePod('decode', 5);
      change(gone);
      s.more.push(gone);
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      causes: [],
      pools: { decode: { desired: 1, ready: 1 } },
    });
  });

  it('knows pools by labels and owners where names are cut and hashed', () => {
    const health = assess(s => {
      s.workloads.prefill.metadata.name =
        'qwen-with-a-very-long-name-0a1b2c3d4e5f60718293a4b5c6d7e8f9';
      s.replicaSets.prefill[0].metadata.ownerReferences[0].name =
        s.workloads.prefill.metadata.name;
      for (const pod of s.pods.prefill) {
        // A label of the user's replaced the controller's.
        pod.metadata.labels['app.kubernetes.io/component'] = 'inference';
      }
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      pools: { prefill: { ready: 2 } },
    });
  });

  it('takes pools of different topologies', () => {
    const health = assess(s => {
      const lws = s.workloads.prefill;
      lws.kind = 'LeaderWorkerSet';
      lws.spec = {
        replicas: 1,
        leaderWorkerTemplate: { size: 2, workerTemplate: lws.spec.template },
      };
      lws.metadata.labels['app.kubernetes.io/component'] =
        'llminferenceservice-workload-worker-prefill';
      lws.status = {
        replicas: 1,
        readyReplicas: 1,
        updatedReplicas: 1,
        conditions: [{ type: 'Available', status: 'True' }],
      };
      s.pods.prefill.forEach((pod, index) => {
        Object.assign(pod.metadata.labels, {
          'leaderworkerset.sigs.k8s.io/name': lws.metadata.name,
          'leaderworkerset.sigs.k8s.io/group-index': '0',
          'leaderworkerset.sigs.k8s.io/worker-index': String(index),
        });
        pod.metadata.ownerReferences = [
          { kind: 'StatefulSet', name: lws.metadata.name, controller: true },
        ];
      });
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      pools: {
        decode: { topology: 'SingleNode', ready: 1 },
        prefill: { topology: 'MultiNode', desired: 1, ready: 1 },
      },
    });
  });

  it('counts a group only when all its pods are ready', () => {
    const health = assess(s => {
      const lws = s.workloads.prefill;
      lws.kind = 'LeaderWorkerSet';
      lws.spec = {
        replicas: 1,
        leaderWorkerTemplate: { size: 2, workerTemplate: lws.spec.template },
      };
      lws.status = {
        replicas: 1,
        readyReplicas: 1,
        updatedReplicas: 1,
        conditions: [],
      };
      s.pods.prefill.forEach(pod => {
        pod.metadata.labels['leaderworkerset.sigs.k8s.io/group-index'] = '0';
      });
      crashes(s.pod('prefill', 1), { message: 'CUDA out of memory' });
    });
    expect(health.pools.prefill?.ready).toBe(0);
    expect(rootCauseOf(health)).toBe('gpu-memory-exceeded');
  });

  it('reads a v1alpha1 object, which has no workloads and no router in its status', () => {
    const health = assess(s => {
      s.resource.apiVersion = 'serving.kserve.io/v1alpha1';
      delete s.resource.status.workloads;
      delete s.resource.status.router;
    });
    expect(health).toMatchObject({ verdict: 'Healthy', disaggregated: true });
  });

  it.each([undefined, null, {}])('survives a status of %p', status => {
    const health = assess(s => {
      s.resource.status = status;
      s.workloads.decode.status = status;
      s.workloads.prefill.status = status;
    });
    expect(['Progressing', 'Degraded', 'Unavailable']).toContain(
      health.verdict,
    );
  });

  it('does not take Unknown conditions for faults', () => {
    const health = assess(s => {
      s.condition('MainWorkloadReady', 'Unknown');
      s.condition('HTTPRoutesReady', 'Unknown', 'NewObservedGenFailure');
    });
    expect(health.verdict).toBe('Healthy');
  });

  it('does without optional kinds and rights', () => {
    const health = assess(s => {
      s.access = {
        leaderworkersets: 'NotServed',
        inferencepools: 'NotServed',
        replicasets: 'Forbidden',
        metrics: 'Forbidden',
      };
      s.inferencePool.kind = 'Unread';
      s.replicaSets.decode = [];
      s.replicaSets.prefill = [];
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      causes: [{ id: 'access-denied', severity: 'Warning' }],
      kvTransfer: { effectiveness: 'Unmeasurable' },
    });
  });

  it('takes counts from the workload where pods cannot be read', () => {
    const health = assess(s => {
      s.access = { pods: 'Forbidden' };
      s.workloads.decode.status.readyReplicas = 1;
      s.pods.decode.length = 0;
    });
    expect(health).toMatchObject({
      verdict: 'Unknown',
      pools: { decode: { desired: 1, ready: 1 } },
    });
  });

  it('does not take a counter that was reset for a failure', () => {
    const health = assess(s => {
      measure(s, { routed: 400, transfers: 400 });
      const [pod] = s.pods.decode;
      const [first, second] = s.metrics[pod.metadata.name];
      s.metrics[pod.metadata.name] = [
        first,
        {
          at: second.at,
          text: 'vllm:nixl_xfer_time_seconds_count{engine="0"} 3\n',
        },
      ];
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      kvTransfer: { effectiveness: 'Unmeasurable' },
    });
  });

  it('reads logs with colours, binary and carriage returns', () => {
    const esc = String.fromCharCode(27);
    const health = assess(s =>
      s.log(
        s.pod('decode'),
        `\u0000\uFFFD\u0001\r\n${esc}[1;31m(EngineCore_0 pid=147)${esc}[0m ERROR 11-22 09:57:20 [x.py:1] RuntimeError: ${esc}[33mNIXL compat${esc}[0mibility hash mismatch. Local: 3f${esc}]0;title${String.fromCharCode(
          7,
        )}c7, Remote: 16\r`,
      ),
    );
    expect(rootCauseOf(health)).toBe('kv-compatibility-mismatch');
    expect(health.causes[0].evidence[0].quote).toBe(
      '(EngineCore_0 pid=147) ERROR 11-22 09:57:20 [x.py:1] RuntimeError: NIXL compatibility hash mismatch. Local: 3fc7, Remote: 16',
    );
  });

  it('takes times ahead of its own clock for now', () => {
    const health = assess(s => {
      s.firstStart(-2);
      s.workloads.decode.status.conditions = [];
      runsUnready(s.pod('decode'), -2);
    });
    expect(health.verdict).toBe('Progressing');
  });

  it('names two faults at once, the gravest first', () => {
    const health = assess(s => {
      s.pods.prefill.forEach(pod =>
        crashes(pod, { container: 'storage-initializer', message: GATED }),
      );
      unschedulable(
        s.pod('decode'),
        '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
      );
      s.inferencePool.status = {
        parents: [
          {
            conditions: [
              {
                type: 'Accepted',
                status: 'False',
                reason: 'X',
                lastTransitionTime: ago(90),
              },
            ],
          },
        ],
      };
    });
    expect(health.verdict).toBe('Unavailable');
    expect(health.causes.map(({ id, pool }) => [id, pool])).toEqual([
      ['insufficient-gpu', 'decode'],
      ['model-access-denied', 'prefill'],
      ['inference-pool-not-accepted', undefined],
    ]);
  });

  it('groups hundreds of refused pods into one cause', () => {
    const health = assess(s => {
      s.pods.prefill = Array.from({ length: 300 }, (_, index) => {
        const pod = makePod('prefill', index);
        pod.metadata.creationTimestamp = ago(1);
        pod.status = {
          phase: 'Failed',
          reason: 'UnexpectedAdmissionError',
          message:
            'Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected',
        };
        return pod;
      });
    });
    expect(health.causes).toHaveLength(1);
    expect(health.causes[0]).toMatchObject({
      id: 'device-allocation-failed',
      severity: 'Critical',
    });
    expect(health.causes[0].subjects).toHaveLength(300);
    expect(health.causes[0].evidence.length).toBeLessThan(10);
    expect(health.pools.prefill?.pods.length).toBeLessThan(10);
  });

  it('says what is stale where presets are not combined', () => {
    const health = assess(s =>
      s.condition(
        'PresetsCombined',
        'False',
        'ConfigNotFound',
        'LLMInferenceServiceConfig "x" not found in namespaces [llm kserve]',
      ),
    );
    expect(
      health.conditions.find(({ type }) => type === 'Ready'),
    ).toMatchObject({ status: 'True', stale: true });
    expect(
      health.conditions.find(({ type }) => type === 'PresetsCombined')?.stale,
    ).toBeUndefined();
  });
});

describe('false alarms are as bad as misses', () => {
  it('a first start, with decode up before prefill', () => {
    const health = assess(s => {
      s.firstStart(8);
      s.workloads.prefill.status.conditions = [];
      s.pods.prefill.forEach(pod => runsUnready(pod, 4));
    });
    expect(health).toMatchObject({ verdict: 'Progressing', causes: [] });
  });

  it('a first start while a node is being added for it', () => {
    const health = assess(s => {
      s.firstStart(3);
      s.workloads.prefill.status.conditions = [];
      s.pods.prefill.forEach(pod => {
        unschedulable(
          pod,
          '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
          3,
        );
        s.event(
          pod,
          'TriggeredScaleUp',
          'pod triggered scale-up: [{gpu-pool 0->1 (max: 4)}]',
          { type: 'Normal', minutes: 2 },
        );
      });
    });
    expect(health.verdict).toBe('Progressing');
  });

  it('a resource that was created a moment ago, without anything else', () => {
    const health = assess(s => {
      s.resource.metadata.creationTimestamp = ago(0.1);
      s.resource.status = undefined;
      for (const part of ['decode', 'prefill', 'scheduler'] as const) {
        s.workloads[part].kind = 'Later';
        s.pods[part].length = 0;
      }
      s.route.kind = 'Later';
      s.inferencePool.kind = 'Later';
    });
    expect(health).toMatchObject({ verdict: 'Progressing', causes: [] });
  });

  it('a rolling update, one new pod at a time', () => {
    const health = assess(s => {
      const young = makePod('decode', 1, 'next');
      runsUnready(young, 3);
      s.pods.decode.push(young);
      Object.assign(s.workloads.decode.status, {
        replicas: 2,
        updatedReplicas: 1,
      });
      setCondition(s.workloads.decode, 'Progressing', 'True', {
        reason: 'ReplicaSetUpdated',
      });
    });
    expect(health).toMatchObject({ verdict: 'Progressing', causes: [] });
  });

  it('a rolling update on a full cluster, whose old pod still ends', () => {
    const health = assess(s => {
      const young = makePod('prefill', 2, 'next');
      unschedulable(
        young,
        '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
        1,
      );
      s.pods.prefill[1].metadata.deletionTimestamp = ago(-0.5);
      s.pods.prefill.push(young);
      Object.assign(s.workloads.prefill.status, {
        replicas: 2,
        updatedReplicas: 1,
      });
      setCondition(s.workloads.prefill, 'Progressing', 'True', {
        reason: 'ReplicaSetUpdated',
      });
    });
    expect(health.verdict).toBe('Progressing');
  });

  it('a scale-up from zero', () => {
    const health = assess(s => {
      s.event(
        s.workloads.decode,
        'ScalingReplicaSet',
        'Scaled up replica set qwen-kserve-new from 0 to 1',
        { type: 'Normal', minutes: 3 },
      );
      runsUnready(s.pod('decode'), 2);
    });
    expect(health.verdict).toBe('Progressing');
  });

  it('an old restart', () => {
    const health = assess(s => {
      Object.assign(containerOf(s.pod('prefill')), {
        restartCount: 7,
        lastState: {
          terminated: {
            exitCode: 137,
            reason: 'OOMKilled',
            startedAt: ago(900),
            finishedAt: ago(120),
          },
        },
      });
    });
    expect(health).toMatchObject({ verdict: 'Healthy', causes: [] });
  });

  it('a stopped service, whose history says that it served', () => {
    const health = assess(s => {
      s.resource.metadata.annotations['serving.kserve.io/stop'] = 'True';
      s.history = { decodeReadyAt: ago(30) };
      for (const part of ['decode', 'prefill', 'scheduler'] as const) {
        s.workloads[part].kind = 'Deleted';
        s.pods[part].length = 0;
      }
    });
    expect(health).toMatchObject({
      verdict: 'Stopped',
      causes: [],
      kvTransfer: {
        configuration: 'Unknown',
        fabric: 'Unverified',
        effectiveness: 'Unmeasurable',
      },
      pools: {
        decode: { desired: 1, ready: 0 },
        prefill: { desired: 2, ready: 0 },
      },
    });
  });

  it('a start after a stop: what served before does not count as lost', () => {
    const health = assess(s => {
      s.history = {
        decodeReadyAt: ago(60),
        prefillReadyAt: ago(60),
        schedulerReadyAt: ago(60),
      };
      s.firstStart(5);
      for (const part of ['decode', 'prefill'] as const) {
        s.workloads[part].status.conditions = [];
        s.pods[part].forEach(pod => runsUnready(pod, 3));
      }
    });
    expect(health.verdict).toBe('Progressing');
  });
});

describe('what was lost is not on its way', () => {
  it('decode that served and is replaced is Unavailable at once', () => {
    const health = assess(s => {
      makeYoung(s.pod('decode'), 1);
      runsUnready(s.pod('decode'), 0.5);
    });
    expect(health.verdict).toBe('Unavailable');
    expect(rootCauseOf(health)).toBe('decode-unavailable');
  });

  it('a prefill pod in place of an evicted one is Degraded until it is ready', () => {
    const health = assess(s => {
      const gone = makePod('prefill', 9);
      gone.status = {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: pids. ',
        conditions: [
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'TerminationByKubelet',
            lastTransitionTime: ago(2),
          },
        ],
      };
      s.more.push(gone);
      runsUnready(s.pod('prefill'), 1);
    });
    expect(health.verdict).toBe('Degraded');
    expect(rootCauseOf(health)).toBe('pod-evicted');
  });
});

describe('existence', () => {
  const observe = (change: (o: Fixture) => void) => {
    const observation = new ServiceBuilder().observe();
    change(observation);
    return assessService(observation).verdict;
  };

  it('tells absent from unread', () => {
    expect(
      observe(o => {
        o.objects = [];
      }),
    ).toBe('Missing');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { llminferenceservices: 'NotServed' };
      }),
    ).toBe('Missing');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { llminferenceservices: 'Forbidden' };
      }),
    ).toBe('Unknown');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { cluster: 'Unreachable' };
      }),
    ).toBe('Unknown');
    expect(
      observe(o => {
        delete o.objects;
      }),
    ).toBe('Unknown');
  });

  it('says that requests may bypass a scheduler that is down, unless the gateway stops them', () => {
    const summaryOf = (failureMode: string) =>
      assess(s => {
        s.inferencePool.spec.endpointPickerRef.failureMode = failureMode;
        const other = structuredClone(s.inferencePool);
        other.metadata.name = 'other-inference-pool';
        other.metadata.ownerReferences[0].name = 'other';
        other.spec.endpointPickerRef.failureMode = 'FailOpen';
        s.more.push(other);
        crashes(s.pod('scheduler'), {
          message: "plugin type 'pd-profile' is not registered",
        });
      }).summary;
    expect(summaryOf('FailOpen')).toMatch(/requests may bypass routing/);
    expect(summaryOf('FailClose')).not.toMatch(/bypass/);
  });

  it('begins its summary with a capital letter, but leaves names of fields alone', () => {
    const stopped = assess(s => {
      s.resource.metadata.annotations['serving.kserve.io/stop'] = 'true';
    });
    expect(stopped.summary).toMatch(/^Stopped by the annotation/);
    const misconfigured = assess(s => s.setEnv('decode', 'UCX_TLS', 'self'));
    expect(misconfigured.summary).toMatch(/^UCX_TLS=self /);
  });

  it('says which service is missing', () => {
    const observation = { ...new ServiceBuilder().observe(), objects: [] };
    expect(assessService(observation).summary).toBe(
      `No LLMInferenceService ${NAME} exists in namespace llm`,
    );
  });
});
