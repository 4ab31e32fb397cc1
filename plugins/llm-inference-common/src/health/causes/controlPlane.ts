import { findCondition, readConditions } from '../../resource/conditions';
import type { InferenceService } from '../../resource/inferenceService';
import { asRecord } from '../../resource/unknown';
import { enginePools, isWithin, type Facts } from '../facts/Facts';
import { believableCondition } from '../router/believable';
import type { CauseDefinition, Finding } from './CauseDefinition';
import { findControllerErrors } from './controllerErrors';
import { fromCondition, fromEvent, specOf } from './words';

const PRESET_REASONS: Readonly<Record<string, string>> = {
  ConfigNotFound: 'a configuration that it refers to does not exist',
  CombineBaseError:
    'the combined configuration cannot be rendered ({{ in a value is read as a template)',
  InvalidRenderedConfig: 'the combined configuration is not valid',
  ValidationUnavailable: 'the combined configuration could not be validated',
};

function subjectOfService(resource: InferenceService): string {
  return `LLMInferenceService/${resource.name}`;
}

function findPresets({ resource }: Facts): Finding[] {
  const condition =
    resource && findCondition(resource.conditions, 'PresetsCombined');
  if (
    !resource?.observed ||
    !condition ||
    condition.status === 'True' ||
    condition.reason === 'Stopped' ||
    // A resource that was just made has the condition before the reason.
    (condition.status === 'Unknown' && condition.reason === '')
  ) {
    return [];
  }
  const subject = subjectOfService(resource);
  const config =
    /LLMInferenceServiceConfig "([^"]+)" not found in namespaces \[([^\]]+)\]/.exec(
      condition.message,
    );
  return [
    {
      subjects: [subject],
      severity:
        condition.reason === 'ValidationUnavailable' ? 'Warning' : undefined,
      evidence: [fromCondition(subject, condition)],
      detail: {
        reason: PRESET_REASONS[condition.reason] ?? condition.reason,
        code: condition.reason,
        config: config?.[1],
        namespaces: config?.[2]?.replace(/ /g, ' and '),
        within: config?.[2]?.replace(/ /g, ', '),
      },
    },
  ];
}

const IMMUTABLE =
  /spec\.selector: (?:Invalid value: .*)?.*field is immutable/is;

function findImmutableSelector(facts: Facts): Finding[] {
  const { resource, events, thresholds } = facts;
  if (!resource) {
    return [];
  }
  const subject = subjectOfService(resource);
  const condition = resource.conditions.find(
    ({ status, message }) => status === 'False' && IMMUTABLE.test(message),
  );
  const event = condition
    ? undefined
    : events
        .of('LLMInferenceService', resource.name)
        .find(
          ({ message, at }) =>
            IMMUTABLE.test(message) &&
            isWithin(facts, at, thresholds.failedCreation),
        );
  const message = condition?.message ?? event?.message;
  if (message === undefined) {
    return [];
  }
  const deployment =
    /Deployment(?:\.apps)? "?(?:[\w.-]+\/)?([\w.-]+?)"?(?:[\s:,]|$)/.exec(
      message,
    )?.[1];
  return [
    {
      subjects: [deployment ? `Deployment/${deployment}` : subject],
      evidence: [
        ...(condition ? [fromCondition(subject, condition)] : []),
        ...(event ? [fromEvent(event)] : []),
      ],
      detail: { deployment },
    },
  ];
}

const SCALING_REASONS =
  /^(?:FailedGetExternalMetric|FailedComputeMetricsReplicas|FailedGet\w*Metric|TriggerError|ScalingCRDNotFound|ReconcileScalingError)$/;

function findScalingProblems(facts: Facts): Finding[] {
  const { resource } = facts;
  if (!resource) {
    return [];
  }
  const findings: Finding[] = [];
  for (const type of ['ScalingReady', 'PrefillScalingReady']) {
    const condition = believableCondition(facts, type);
    if (
      condition?.status === 'False' &&
      SCALING_REASONS.test(condition.reason)
    ) {
      const subject = subjectOfService(resource);
      findings.push({
        pool: type === 'ScalingReady' ? 'decode' : 'prefill',
        subjects: [subject],
        evidence: [fromCondition(subject, condition)],
      });
    }
  }
  for (const scaler of facts.autoscalers) {
    const target = asRecord(asRecord(scaler.content.spec).scaleTargetRef).name;
    const pool = enginePools(facts).find(
      ({ workload }) => workload !== undefined && workload.name === target,
    );
    const condition = findCondition(
      readConditions(asRecord(scaler.content.status).conditions),
      'ScalingActive',
    );
    if (
      pool &&
      condition?.status === 'False' &&
      condition.reason !== 'ScalingDisabled'
    ) {
      const subject = `HorizontalPodAutoscaler/${scaler.name}`;
      findings.push({
        pool: pool.name,
        subjects: [subject],
        evidence: [fromCondition(subject, condition)],
      });
    }
  }
  return findings;
}

/** The controller and what it makes. */
export const controlPlaneCauses: CauseDefinition[] = [
  {
    id: 'presets-not-combined',
    severity: 'Critical',
    step: 'controlPlane',
    title: 'The configuration cannot be combined',
    summary: ({ detail }) =>
      detail.config
        ? `the controller stopped: configuration ${detail.config} does not exist`
        : `the controller stopped: ${detail.reason}`,
    explanation: ({ detail }) =>
      `The controller stops before it looks at the pools, because ${detail.reason}. Pods that run go on, but no change takes effect, and every other condition of the resource is from before.`,
    remedy: ({ detail }) =>
      detail.config
        ? `Create the LLMInferenceServiceConfig ${detail.config} in one of the namespaces ${detail.namespaces}, or remove it from spec.baseRefs. (spec.worker with parallelism.pipeline needs a preset that is not shipped.)`
        : 'Correct the spec as the quoted message says; {{ and }} must not appear in any value, for example in a chat template.',
    findInService: findPresets,
  },
  {
    id: 'selector-immutable',
    severity: 'Critical',
    step: 'controlPlane',
    title: 'A changed label cannot be applied',
    summary: ({ detail }) =>
      `the newest change cannot be applied: the selector of ${
        detail.deployment ? `Deployment ${detail.deployment}` : 'a Deployment'
      } cannot be changed`,
    explanation:
      'spec.labels were changed, or spec.prefill was added to or removed from a live service. Both end up in the selector of a Deployment, which cannot be changed.',
    remedy: ({ detail }) =>
      `Delete ${
        detail.deployment
          ? `the Deployment ${detail.deployment}`
          : 'the Deployment named in the message'
      } (the controller makes it anew), or stop and start the service by the annotation serving.kserve.io/stop. Both interrupt the pool.`,
    findInService: findImmutableSelector,
  },
  {
    id: 'controller-error',
    severity: 'Warning',
    step: 'controlPlane',
    title: 'The controller reports an error',
    summary: ({ detail }) =>
      detail.frozen && !detail.message
        ? 'the controller does not follow the LeaderWorkerSet any more'
        : `the controller reports an error: ${
            detail.message ?? 'see its condition'
          }`,
    explanation: ({ detail }) =>
      detail.frozen
        ? 'The LeaderWorkerSet is available, but the resource still says it is not: the controller started before the LeaderWorkerSet kind was installed and does not watch it.'
        : 'The controller of the service could not do what the spec asks for. Until that is solved no change takes effect.',
    remedy: ({ detail }) =>
      detail.frozen
        ? 'Restart the KServe controller (Deployment llmisvc-controller-manager).'
        : 'Follow the quoted message: it names the object and the field that the controller could not write.',
    findInService: findControllerErrors,
  },
  {
    id: 'scaling-metric-unavailable',
    severity: 'Warning',
    step: 'controlPlane',
    title: cause => `Autoscaling of ${cause.pool} has no metric`,
    summary: cause =>
      `autoscaling of ${cause.pool} does not work: its metric cannot be read`,
    explanation:
      'The autoscaler cannot read its metric, so the number of replicas stays as it is. The pods are not affected.',
    remedy: cause =>
      `Check the metrics adapter or KEDA trigger named in the quoted message, and ${specOf(
        cause,
      )}.scaling.`,
    findInService: findScalingProblems,
  },
];
