import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  crashes,
  makeYoung,
  runsUnready,
  turnsUnready,
} from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';

const refusal = (type: string, reason: string, message = '') => ({
  conditions: [
    { type, status: 'False', reason, message, lastTransitionTime: ago(30) },
  ],
});

const config = (s: ServiceBuilder, text: string) =>
  s.pods.scheduler.forEach(pod => {
    pod.spec.containers[0].args = ['--config-text', text];
  });

export const routerScenarios = [
  root(
    'gateway-not-ready',
    'no address from the load balancer',
    s => {
      s.gateway.status = refusal(
        'Programmed',
        'AddressNotAssigned',
        'Failed to assign to any requested addresses: address pending for hostname "kserve-ingress"',
      );
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'gateway-not-ready',
    'the service is still reached inside the cluster',
    s => {
      s.gateway.status = refusal(
        'Programmed',
        'Invalid',
        'listener certificate not found',
      );
      s.resource.status.addresses.push({
        name: 'internal',
        url: 'http://qwen-kserve-workload-svc.llm.svc',
      });
    },
    { verdict: 'Degraded' },
  ),
  nearMiss(
    'gateway-not-ready',
    "another team's gateway is down",
    s => {
      const other = structuredClone(s.gateway);
      other.metadata.name = 'other';
      other.status = refusal('Accepted', 'InvalidParameters');
      s.more.push(other);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'route-not-accepted',
    'the backend does not exist',
    s => {
      s.route.status.parents = [
        refusal(
          'ResolvedRefs',
          'BackendNotFound',
          'backend(qwen-inference-pool) not found',
        ),
      ];
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'route-not-accepted',
    'routes cannot be read, the resource says so',
    s => {
      s.access = { httproutes: 'Forbidden' };
      s.route.kind = 'Unread';
      s.condition(
        'HTTPRoutesReady',
        'False',
        'HTTPRoutesNotReady',
        'The following HTTPRoutes are not ready: [llm/qwen-kserve-route: "False" (reason "NoMatchingParent")]',
      );
    },
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'route-not-accepted',
    'references do not resolve in the first seconds',
    s => {
      s.route.metadata.creationTimestamp = ago(0.3);
      s.route.status.parents = [
        {
          conditions: [
            {
              type: 'ResolvedRefs',
              status: 'False',
              reason: 'BackendNotFound',
              lastTransitionTime: ago(0.2),
            },
          ],
        },
      ];
    },
    { verdict: 'Progressing' },
  ),
  root(
    'inference-pool-not-accepted',
    'the gateway has no inference extension',
    s => {
      s.inferencePool.status = {};
      s.condition(
        'InferencePoolReady',
        'False',
        'WaitingForGateway',
        'Inference Pool llm/qwen-inference-pool exists but no Gateway controller has accepted it yet',
      );
    },
    { verdict: 'Degraded' },
  ),
  root(
    'inference-pool-not-accepted',
    'the older API refuses, in the singular',
    s => {
      s.inferencePool.apiVersion = 'inference.networking.x-k8s.io/v1alpha2';
      s.inferencePool.status = {
        parent: [
          refusal(
            'Accepted',
            'NotSupportedByParent',
            'InferencePool is not supported by the gateway',
          ),
        ],
      };
    },
  ),
  nearMiss(
    'inference-pool-not-accepted',
    'one of its two versions is accepted',
    s => {
      const older = structuredClone(s.inferencePool);
      older.apiVersion = 'inference.networking.x-k8s.io/v1alpha2';
      older.status = {};
      s.more.push(older);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'scheduler-config-invalid',
    'a plugin is not defined',
    s =>
      crashes(s.pod('scheduler'), {
        message:
          '{"level":"error","ts":"2026-11-22T09:57:44Z","logger":"setup","msg":"Failed to parse configuration","error":"failed to load the configuration - error in profile \'decode\': references undefined plugin \'kv-scorer\'"}',
      }),
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'scheduler-config-invalid',
    'the scheduler crashes for another reason',
    s =>
      crashes(s.pod('scheduler'), {
        message:
          '{"level":"error","msg":"Failed to setup manager","error":"listen tcp :9002: bind: address already in use"}',
      }),
    { verdict: 'Unavailable' },
  ),
  root(
    'scheduler-unavailable',
    'its pod is gone',
    s => {
      s.pods.scheduler.length = 0;
    },
    { verdict: 'Unavailable' },
  ),
  root(
    'scheduler-unavailable',
    'it does not answer any more',
    s => turnsUnready(s.pod('scheduler')),
    { verdict: 'Unavailable' },
  ),
  nearMiss(
    'scheduler-unavailable',
    'it is a minute old',
    s => {
      s.firstStart(1);
      s.workloads.scheduler.status.conditions = [];
      runsUnready(s.pod('scheduler'), 0.5);
      makeYoung(s.pod('scheduler'), 1);
    },
    { verdict: 'Progressing' },
  ),
  root(
    'scheduler-missing',
    'none was asked for',
    s => {
      s.resource.spec.router = { route: {}, gateway: {} };
      withoutScheduler(s);
    },
    { verdict: 'Degraded' },
  ),
  nearMiss(
    'scheduler-missing',
    'a base config may ask for it',
    s => {
      s.resource.spec.router = undefined;
      s.resource.spec.baseRefs = [{ name: 'team-defaults' }];
      withoutScheduler(s);
    },
    { verdict: 'Healthy' },
  ),
  root(
    'scheduler-profile-stale',
    'the service became disaggregated later',
    s =>
      config(
        s,
        'plugins:\n- type: single-profile-handler\nschedulingProfiles:\n- name: default\n',
      ),
    { verdict: 'Degraded' },
  ),
  nearMiss(
    'scheduler-profile-stale',
    'the configuration is in a file that was not read',
    s =>
      s.pods.scheduler.forEach(pod => {
        pod.spec.containers[0].args = ['--config-file', '/config/epp.yaml'];
      }),
    { verdict: 'Healthy' },
  ),
  root(
    'access-denied',
    'pods cannot be listed',
    s => {
      s.access = { pods: 'Forbidden' };
      for (const part of ['decode', 'prefill', 'scheduler'] as const) {
        s.workloads[part].status.readyReplicas = s.pods[part].length;
        s.pods[part].length = 0;
      }
    },
    { verdict: 'Unknown', severity: 'Critical' },
  ),
  root(
    'access-denied',
    'events cannot be listed while pods serve',
    s => {
      s.access = { events: 'Forbidden' };
    },
    { verdict: 'Healthy', severity: 'Warning' },
  ),
  nearMiss(
    'access-denied',
    'an optional kind does not exist',
    s => {
      s.access = { leaderworkersets: 'NotServed' };
    },
    { verdict: 'Healthy' },
  ),
  root(
    'cluster-unreachable',
    'the API server does not answer',
    s => {
      s.access = { cluster: 'Unreachable' };
    },
    { verdict: 'Unknown', severity: 'Critical' },
  ),
  nearMiss('cluster-unreachable', 'one list is forbidden', s => {
    s.access = { httproutes: 'Forbidden' };
  }),
];

function withoutScheduler(s: ServiceBuilder) {
  s.pods.scheduler.length = 0;
  s.workloads.scheduler.kind = 'Removed';
  delete s.resource.status.workloads.scheduler;
  s.inferencePool.kind = 'Removed';
  s.resource.status.conditions = s.resource.status.conditions.filter(
    ({ type }: { type: string }) =>
      type !== 'SchedulerWorkloadReady' && type !== 'InferencePoolReady',
  );
}
