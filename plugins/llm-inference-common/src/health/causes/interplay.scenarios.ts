import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  containerOf,
  crashes,
  evicted,
  runsUnready,
  setCondition,
  turnsUnready,
  unschedulable,
} from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { type Fixture, ago } from '../__testUtils__/fixtureBasics';
import { makePod } from '../__testUtils__/podFixtures';

/** A pod that was told to end and still has half a minute. */
function terminate(pod: Fixture): Fixture {
  pod.metadata.deletionTimestamp = ago(-0.5);
  setCondition(pod, 'Ready', 'False');
  return pod;
}

/** The container was killed after that many minutes, and runs again since three. */
function restarted(pod: Fixture, minutes: number) {
  Object.assign(containerOf(pod), {
    ready: false,
    started: false,
    restartCount: 1,
    state: { running: { startedAt: ago(3) } },
    lastState: {
      terminated: {
        exitCode: 137,
        reason: 'Error',
        startedAt: ago(3 + minutes),
        finishedAt: ago(3),
      },
    },
  });
}

const EXPIRED =
  'WARNING 11-22 09:30:00 [scheduler.py:412] Releasing expired KV blocks for request cmpl-1 which were retrieved by 0 decode worker(s) within 30 seconds.';

/** The count of expired requests at two scrapes of a prefill pod, over nine minutes. */
function countsExpired(s: ServiceBuilder, before: number, after: number) {
  s.metrics[s.pod('prefill').metadata.name] = [before, after].map(
    (count, index) => ({
      at: ago(index === 0 ? 10 : 1),
      text: `vllm:nixl_num_kv_expired_reqs_total ${count}\n`,
    }),
  );
}

/** What is told by several signs together, or looks like something else at first sight. */
export const interplayScenarios = [
  nearMiss(
    'host-memory-exceeded',
    'the pod that crashed is on its way out and replaced',
    s => {
      const old = terminate(makePod('decode', 5));
      crashes(old, { exitCode: 137, reason: 'OOMKilled' });
      s.more.push(old);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'host-memory-exceeded',
    'the run before the last one says why, and the last one says nothing',
    s => {
      const pod = s.pod('decode');
      crashes(pod, { exitCode: 137, reason: 'OOMKilled' });
      containerOf(pod).state = {
        terminated: {
          exitCode: 1,
          reason: 'Error',
          startedAt: ago(1),
          finishedAt: ago(0.1),
        },
      };
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'pod-evicted',
    'a pod that was drained still ends, and its place is taken',
    s => {
      const old = terminate(makePod('decode', 5));
      setCondition(old, 'DisruptionTarget', 'True', {
        reason: 'EvictionByEvictionAPI',
      });
      s.more.push(old);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'pod-evicted',
    'a pod was drained and its replacement loads',
    s => {
      const old = terminate(s.pod('prefill'));
      setCondition(old, 'DisruptionTarget', 'True', {
        reason: 'EvictionByEvictionAPI',
      });
      const young = makePod('prefill', 5);
      runsUnready(young, 1);
      s.pods.prefill.push(young);
    },
    { verdict: 'Degraded' },
  ),
  root(
    'host-memory-exceeded',
    'a replacement loads while the evicted pod is still there',
    s => {
      const old = makePod('prefill', 7);
      evicted(old, 'The node was low on resource: memory. ', 5);
      s.more.push(old);
      runsUnready(s.pod('prefill'), 2);
    },
    { verdict: 'Degraded' },
  ),
  root(
    'insufficient-cpu-memory',
    'prefill lacks CPU while decode waits for its volume',
    s => {
      unschedulable(
        s.pod('decode'),
        'pod has unbound immediate PersistentVolumeClaims',
      );
      s.pods.prefill.forEach(pod =>
        unschedulable(pod, '0/3 nodes are available: 3 Insufficient cpu.'),
      );
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'scheduling-gated',
    'a queue holds decode for an hour, which explains that none is there',
    s => {
      const pod = s.pod('decode');
      unschedulable(pod, '', 60);
      setCondition(pod, 'PodScheduled', 'False', {
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      });
    },
    { severity: 'Warning' },
  ),
  root(
    'probe-misconfigured',
    'the startup probe speaks TLS to an engine without',
    s =>
      s.pods.prefill.forEach(pod => {
        runsUnready(pod, 3);
        restarted(pod, 10);
        s.event(
          pod,
          'Unhealthy',
          'Startup probe failed: Get "https://10.128.0.10:8000/health": http: server gave HTTP response to HTTPS client',
        );
        s.event(
          pod,
          'Killing',
          'Container main failed startup probe, will be restarted',
          { type: 'Normal', minutes: 3 },
        );
      }),
    { verdict: 'Degraded' },
  ),
  root(
    'probe-misconfigured',
    'the readiness probe asks another port, and the pod never becomes ready',
    s =>
      s.pods.prefill.forEach(pod => {
        runsUnready(pod, 40);
        pod.spec.containers[0].readinessProbe = {
          httpGet: { path: '/health', port: 9000 },
        };
      }),
    { verdict: 'Degraded' },
  ),
  root(
    'engine-unresponsive',
    'decode hung, was killed for it and loads anew',
    s => {
      const pod = s.pod('decode');
      turnsUnready(pod, 6);
      restarted(pod, 600);
      s.event(
        pod,
        'Unhealthy',
        'Liveness probe failed: Get "http://10.128.0.10:8001/health": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        { minutes: 4 },
      );
      s.event(
        pod,
        'Killing',
        'Container main failed liveness probe, will be restarted',
        { type: 'Normal', minutes: 4 },
      );
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'shared-memory-too-small',
    'as Python says it, with the path last',
    s =>
      crashes(s.pod('decode'), {
        message:
          "OSError: [Errno 28] No space left on device: '/dev/shm/psm_1f2e3d4c'",
      }),
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'kv-blocks-expired',
    'the line is old, and the count has stood still since',
    s => {
      s.log(s.pod('prefill'), EXPIRED);
      countsExpired(s, 4, 4);
    },
    { verdict: 'Healthy' },
  ),
  root('kv-blocks-expired', 'the line is old, and the count still rises', s => {
    s.log(s.pod('prefill'), EXPIRED);
    countsExpired(s, 4, 9);
  }),
  nearMiss(
    'kv-connector-missing',
    'the arguments come from a ConfigMap, which nobody read',
    s =>
      s.eachMain('decode', main => {
        main.env = main.env.filter(
          ({ name }: Fixture) => name !== 'VLLM_ADDITIONAL_ARGS',
        );
        main.env.push({
          name: 'VLLM_ADDITIONAL_ARGS',
          valueFrom: { configMapKeyRef: { name: 'engine', key: 'args' } },
        });
      }),
    { verdict: 'Healthy' },
  ),
  root(
    'decode-unavailable',
    'the controller complains of prefill, and decode is not ready for no reason seen',
    s => {
      runsUnready(s.pod('decode'), 40);
      s.workloads.decode.status.conditions = [];
      s.condition(
        'PrefillWorkloadReady',
        'False',
        'ReconcileSingleNodeWorkloadError',
        'failed to update Deployment llm/qwen-kserve-prefill: admission webhook denied the request',
      );
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'decode-unavailable',
    'the service was ready before, by its own event',
    s => {
      s.workloads.decode.status.conditions = [];
      runsUnready(s.pod('decode'), 2);
      s.event(
        s.resource,
        'LLMInferenceServiceNotReady',
        '[qwen] is no longer Ready because of: deployment does not have minimum availability',
      );
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'decode-unavailable',
    'decode was raised from zero a moment ago, and had served before that',
    s => {
      runsUnready(s.pod('decode'), 2);
      s.history = { decodeReadyAt: ago(60) };
      s.event(
        s.workloads.decode,
        'ScalingReplicaSet',
        'Scaled up replica set qwen-kserve-new from 0 to 1',
        { type: 'Normal', minutes: 4 },
      );
    },
    { verdict: 'Progressing' },
  ),
  nearMiss(
    'decode-unavailable',
    'pods cannot be listed, so nobody knows why none is ready',
    s => {
      s.access = { pods: 'Forbidden' };
      s.pods.decode.length = 0;
      s.workloads.decode.status.readyReplicas = 0;
    },
    { verdict: 'Unknown' },
  ),
  root(
    'route-not-accepted',
    'refused everywhere, and one of two gateways is down besides',
    s => {
      const other = structuredClone(s.gateway);
      other.metadata.name = 'other-gateway';
      setCondition(other, 'Programmed', 'False', { reason: 'Pending' });
      s.more.push(other);
      s.route.spec.parentRefs.push({
        name: 'other-gateway',
        namespace: 'kserve',
      });
      Object.assign(s.route.status.parents[0].conditions[0], {
        status: 'False',
        reason: 'NotAllowedByListeners',
      });
    },
    { verdict: 'Unavailable' },
  ),
];
