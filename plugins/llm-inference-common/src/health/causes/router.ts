import { MAIN_CONTAINER } from '../../resource/containers';
import { asList, asRecord } from '../../resource/unknown';
import type { Facts } from '../facts/Facts';
import { analyzeKvPath } from '../kv/analyzeKvPath';
import { evidence, toQuote } from '../quote';
import { analyzeRouter } from '../router/analyzeRouter';
import { believableCondition } from '../router/believable';
import { failsOpen } from '../router/inferencePools';
import type { RouterFault } from '../router/RouterReading';
import { isUnread } from '../stages/verdict';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { fromCondition } from './words';

const INVALID_CONFIG = [
  /plugin type '([^']+)' is not registered/i,
  /feature gate '([^']+)' is unknown or unregistered/i,
  /references undefined plugin '([^']+)'/i,
  /plugin type '([^']+)' not found in registry/i,
  /failed to (?:parse config|load the configuration) - /i,
  /Failed to parse configuration/i,
];

function fromFault(
  fault: RouterFault,
  detail: Finding['detail'] = {},
): Finding {
  return {
    subjects: [fault.subject],
    severity: fault.partial ? 'Warning' : undefined,
    evidence: fault.evidence,
    detail: {
      reason: fault.reason,
      // Redacted first: cut in two, a secret would not be known for one.
      message: toQuote(fault.message).slice(0, 200),
      partial: fault.partial ? 'yes' : undefined,
      ...detail,
    },
  };
}

const ROUTE_REMEDIES: Readonly<Record<string, string>> = {
  NotAllowedByListeners:
    'Allow routes from this namespace at the listener (Gateway spec.listeners[].allowedRoutes.namespaces), or attach the service to another gateway (spec.router.gateway.refs).',
  NoMatchingListenerHostname:
    'Use a hostname that a listener of the Gateway serves, or remove spec.router.route.http.spec.hostnames.',
  NoMatchingParent:
    'Name an existing listener of the Gateway (parentRefs[].sectionName and port).',
  BackendNotFound:
    'The route names a backend that does not exist: check the InferencePool and the workload Service of the service.',
  RefNotPermitted:
    'Allow the reference with a ReferenceGrant in the namespace of the backend.',
  InvalidKind:
    'The gateway implementation does not support InferencePool as a backend: install its inference extension.',
};

function findUnavailableScheduler(facts: Facts): Finding[] {
  const { scheduler, schedulerWanted } = analyzeRouter(facts);
  if (
    !schedulerWanted ||
    scheduler.state !== 'NotReady' ||
    (facts.scheduler.desired !== 0 && isUnread(facts))
  ) {
    return [];
  }
  const { workload, pods } = facts.scheduler;
  const condition = believableCondition(facts, 'SchedulerWorkloadReady');
  const service = `LLMInferenceService/${facts.service.name}`;
  const subject = workload
    ? `${workload.kind}/${workload.name}`
    : pods.map(({ name }) => `Pod/${name}`)[0] ?? service;
  const unready = pods.flatMap(pod =>
    pod.conditions
      .filter(({ type, status }) => type === 'Ready' && status !== 'True')
      .map(ready => fromCondition(`Pod/${pod.name}`, ready)),
  );
  return [
    {
      pool: 'scheduler',
      subjects: [subject],
      evidence: [
        ...unready.slice(0, 2),
        ...(condition?.status === 'False'
          ? [fromCondition(service, condition)]
          : []),
        ...(workload
          ? [
              evidence(
                'Spec',
                subject,
                `spec.replicas: ${
                  workload.desired
                }, status.availableReplicas: ${
                  workload.status?.available ?? 0
                }`,
              ),
            ]
          : []),
      ],
      detail: {
        open: failsOpen(facts) ? 'yes' : undefined,
        zero: workload?.desired === 0 ? 'yes' : undefined,
      },
    },
  ];
}

function findMissingScheduler(facts: Facts): Finding[] {
  const { resource, disaggregated, scheduler } = facts;
  const router = asRecord(asRecord(resource?.spec).router);
  const declared = router.scheduler !== undefined && router.scheduler !== null;
  const seen =
    scheduler.workload !== undefined ||
    scheduler.pods.length > 0 ||
    asRecord(resource?.status.router).scheduler !== undefined;
  if (
    !resource ||
    !disaggregated ||
    declared ||
    seen ||
    !resource.observed ||
    resource.hasBaseRefs ||
    facts.access.has('deployments')
  ) {
    return [];
  }
  const subject = `LLMInferenceService/${resource.name}`;
  return [
    {
      subjects: [subject],
      evidence: [
        evidence(
          'Spec',
          subject,
          `spec.router: ${JSON.stringify(
            Object.keys(router),
          )}, no scheduler; no scheduler Deployment exists`,
        ),
      ],
    },
  ];
}

function findStaleProfile(facts: Facts): Finding[] {
  if (!facts.disaggregated) {
    return [];
  }
  const { profile, profileObject } = analyzeKvPath(facts);
  if (!profile || profile.disaggregated) {
    return [];
  }
  return [
    {
      pool: 'scheduler',
      subjects: [profileObject ?? 'Deployment'],
      evidence: [
        evidence(
          'Spec',
          profileObject ?? 'Deployment',
          `--config-text of container ${MAIN_CONTAINER}: no profile named prefill with a handler for it`,
        ),
      ],
    },
  ];
}

/** What brings a request to a pool. */
export const routerCauses: CauseDefinition[] = [
  {
    id: 'gateway-not-ready',
    severity: 'Critical',
    step: 'router',
    title: 'The gateway is not ready',
    summary: ({ subjects, detail }) =>
      `the gateway is not ready: ${subjects[0]?.replace(/^.*\//, '')} is ${
        detail.reason || 'not programmed'
      }`,
    explanation: ({ detail }) =>
      `The Gateway that leads to the service is not accepted or not programmed${
        detail.message ? `: ${detail.message}` : ''
      }.${
        detail.internal
          ? ' Inside the cluster the service can still be reached by its internal address.'
          : ''
      }`,
    remedy:
      'Look at the status of the Gateway and at its controller (gateway class, listeners, certificate, load balancer address).',
    findInService(facts) {
      const { fault } = analyzeRouter(facts).gateway;
      const addresses = asList(facts.resource?.status.addresses);
      const internal = addresses.some(address =>
        /^internal/.test(String(asRecord(address).name ?? '')),
      );
      return fault
        ? [fromFault(fault, { internal: internal ? 'yes' : undefined })]
        : [];
    },
  },
  {
    id: 'route-not-accepted',
    severity: 'Critical',
    step: 'router',
    title: ({ detail }) =>
      detail.partial ? 'A gateway refuses the route' : 'The route is refused',
    summary: ({ detail }) =>
      `${
        detail.partial
          ? 'one gateway refuses the route of the service, another accepts it'
          : 'requests do not reach the service: its route is refused'
      } (${detail.reason || 'no reason given'})`,
    explanation: ({ detail }) =>
      `${
        detail.partial
          ? 'One gateway does not accept the HTTPRoute of the service, so requests arrive by another one only'
          : 'The gateway does not accept the HTTPRoute of the service, so no request arrives from outside'
      }${detail.message ? `: ${detail.message}` : ''}.`,
    remedy: ({ detail }) =>
      ROUTE_REMEDIES[detail.reason ?? ''] ??
      'Follow the quoted message: listener (allowedRoutes, hostname), ReferenceGrant or name of the backend.',
    findInService(facts) {
      const { fault } = analyzeRouter(facts).route;
      return fault ? [fromFault(fault)] : [];
    },
  },
  {
    id: 'inference-pool-not-accepted',
    severity: 'Critical',
    step: 'router',
    title: 'The InferencePool is not accepted',
    summary: ({ detail }) =>
      `the gateway does not know the InferencePool (${
        detail.reason || 'not accepted'
      }): requests are not scheduled`,
    explanation:
      'The route is accepted, but no gateway accepted the InferencePool behind it, so requests are not given to the scheduler.',
    remedy:
      'Check that the gateway implementation has its inference extension enabled and supports the API group of the InferencePool (inference.networking.k8s.io, or the older inference.networking.x-k8s.io).',
    findInService(facts) {
      const { fault } = analyzeRouter(facts).inferencePool;
      return fault ? [fromFault(fault)] : [];
    },
  },
  {
    id: 'scheduler-config-invalid',
    severity: 'Critical',
    step: 'crash',
    title: 'The scheduler refuses its configuration',
    podsSummary: ({ detail }) =>
      `could not start: the scheduler refuses its configuration${
        detail.plugin ? ` (${detail.plugin})` : ''
      }`,
    summary: 'the scheduler refuses its configuration',
    explanation: ({ detail }) =>
      detail.plugin
        ? `The configuration of the scheduler names ${detail.plugin}, which this version does not know.`
        : 'The scheduler cannot parse its configuration.',
    remedy:
      'Correct spec.router.scheduler.config for this version: pd-profile-handler became disagg-profile-handler, prefill-header-handler became disagg-headers-handler, and the apiVersion is llm-d.ai/v1alpha1. Without spec.router.scheduler.config the default is right.',
    findInText: {
      of: 'scheduler',
      patterns: INVALID_CONFIG,
      detail: ([, plugin]) => ({ plugin }),
    },
    findInService(facts) {
      const condition = believableCondition(facts, 'SchedulerWorkloadReady');
      const broken =
        condition?.status === 'False' &&
        condition.reason === 'SchedulerReconcileError' &&
        /config|plugin/i.test(condition.message);
      const subject = `LLMInferenceService/${facts.service.name}`;
      return broken
        ? [
            {
              pool: 'scheduler',
              subjects: [subject],
              evidence: [fromCondition(subject, condition)],
              detail: {
                plugin: /plugin (?:type )?'([^']+)'/i.exec(
                  condition.message,
                )?.[1],
              },
            },
          ]
        : [];
    },
  },
  {
    id: 'scheduler-unavailable',
    severity: 'Critical',
    step: 'router',
    title: 'The scheduler is down',
    summary: ({ detail }) =>
      detail.zero
        ? 'the scheduler is scaled to zero: requests are not scheduled'
        : 'the scheduler is down: requests are not scheduled',
    explanation: ({ detail }) =>
      `The scheduler (endpoint picker) chooses the pods of every request, and none of its pods is ready.${
        detail.open
          ? ' Its InferencePool has failureMode FailOpen, so a gateway may spread requests over decode and prefill pods alike, without routing.'
          : ''
      }`,
    remedy:
      'Read the log of the scheduler pod (component llminferenceservice-router-scheduler) and its events; restart it by deleting the pod.',
    findInService: findUnavailableScheduler,
  },
  {
    id: 'scheduler-missing',
    severity: 'Warning',
    step: 'router',
    title: 'No scheduler',
    summary: 'no scheduler exists: nothing sends requests to prefill',
    explanation:
      'A service with prefill needs a scheduler that chooses a prefill and a decode pod for each request. Without one, prefill gets no work.',
    remedy: 'Add spec.router.scheduler: {} to the LLMInferenceService.',
    findInService: findMissingScheduler,
  },
  {
    id: 'scheduler-profile-stale',
    severity: 'Warning',
    step: 'router',
    title: 'The scheduler does not know of prefill',
    summary: 'the scheduler has no prefill profile: prefill pods get no work',
    explanation:
      'The configuration of the scheduler has no profile named prefill. The controller keeps an existing configuration when a service becomes disaggregated.',
    remedy:
      'Set spec.router.scheduler.config.inline to a configuration with a prefill profile and disagg-profile-handler, or delete the scheduler Deployment: the controller makes it anew with the right default.',
    findInService: findStaleProfile,
  },
];
