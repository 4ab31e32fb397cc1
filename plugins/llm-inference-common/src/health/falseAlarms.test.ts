import { assess } from './__testUtils__/assess';
import {
  containerOf,
  crashes,
  makeYoung,
  runsUnready,
  setCondition,
  unschedulable,
} from './__testUtils__/podFaults';
import { rootCauseOf } from './__testUtils__/expectScenario';
import { ago } from './__testUtils__/fixtureBasics';
import { makePod } from './__testUtils__/podFixtures';

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

  it('a start after a stop that the controller has not seen yet', () => {
    const health = assess(s => {
      for (const condition of s.resource.status.conditions) {
        if (condition.type !== 'PresetsCombined') {
          Object.assign(condition, { status: 'False', reason: 'Stopped' });
        }
      }
      delete s.resource.status.workloads;
      for (const part of ['decode', 'prefill', 'scheduler'] as const) {
        s.workloads[part].kind = 'Deleted';
        s.replicaSets[part].length = 0;
        s.pods[part].length = 0;
      }
      s.route.kind = 'Deleted';
      s.inferencePool.kind = 'Deleted';
    });
    expect(health).toMatchObject({ verdict: 'Progressing', causes: [] });
  });

  it('a corrected revision that starts beside the one it corrects', () => {
    const health = assess(s => {
      const wrong = makePod('prefill', 2, 'wrong');
      crashes(wrong, { exitCode: 2, message: 'error: unrecognized arguments' });
      const corrected = makePod('prefill', 3, 'corrected');
      runsUnready(corrected, 2);
      s.pods.prefill.push(wrong, corrected);
      for (const [revision, set] of ['new', 'wrong', 'corrected'].entries()) {
        const replicaSet = structuredClone(s.replicaSets.prefill[0]);
        replicaSet.metadata.name = `qwen-kserve-prefill-${set}`;
        replicaSet.metadata.annotations = {
          'deployment.kubernetes.io/revision': String(revision + 2),
        };
        s.replicaSets.prefill.push(replicaSet);
      }
      Object.assign(s.workloads.prefill.status, {
        replicas: 4,
        updatedReplicas: 1,
      });
      setCondition(s.workloads.prefill, 'Progressing', 'True', {
        reason: 'ReplicaSetUpdated',
      });
    });
    expect(health).toMatchObject({ verdict: 'Progressing', causes: [] });
  });

  it('a Deployment whose status is empty while its pods are ready', () => {
    const health = assess(s => {
      s.workloads.prefill.status = null;
    });
    expect(health).toMatchObject({
      verdict: 'Healthy',
      pools: { prefill: { desired: 2, ready: 2 } },
    });
  });

  it.each(['Ready', 'WorkloadsReady', 'MainWorkloadReady', 'RouterReady'])(
    "the resource's own %s=False, which is an input and not the answer",
    type => {
      const health = assess(s => {
        s.condition(type, 'False', 'MinimumReplicasUnavailable');
      });
      expect(health).toMatchObject({ verdict: 'Healthy', causes: [] });
    },
  );
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
