import { assess } from './__testUtils__/assess';
import { crashes, runsUnready, unschedulable } from './__testUtils__/podFaults';
import { measure } from './__testUtils__/measure';
import { rootCauseOf } from './__testUtils__/expectScenario';
import { ServiceBuilder } from './__testUtils__/ServiceBuilder';
import { type Fixture, ago } from './__testUtils__/fixtureBasics';
import { makePod } from './__testUtils__/podFixtures';

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
