import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { isObject, objectOf, pick } from './fields';
import type { JsonObject } from './fields';
import { projectMetadata } from './metadata';
import { projectPodSpec } from './podSpec';

/** Any object: its metadata less the noise, and the rest as it is. */
export function projectObject(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: projectMetadata(object.metadata) };
}

/** An LLMInferenceService: its pod templates are reduced like those of workloads. */
export function projectService(object: KubernetesObject): KubernetesObject {
  const spec = { ...objectOf(object.spec) };
  reducePool(spec);
  if (isObject(spec.prefill)) {
    spec.prefill = { ...spec.prefill };
    reducePool(objectOf(spec.prefill));
  }
  const router = objectOf(spec.router);
  const scheduler = objectOf(router.scheduler);
  if (isObject(scheduler.template)) {
    spec.router = {
      ...router,
      scheduler: { ...scheduler, template: projectPodSpec(scheduler.template) },
    };
  }
  return { ...projectObject(object), spec };
}

function reducePool(pool: JsonObject): void {
  for (const template of ['template', 'worker']) {
    if (isObject(pool[template])) {
      pool[template] = projectPodSpec(pool[template]);
    }
  }
}

/** A Deployment: counts, conditions and the reduced pod template. */
export function projectDeployment(object: KubernetesObject): KubernetesObject {
  const spec = objectOf(object.spec);
  return {
    ...projectObject(object),
    spec: {
      ...pick(spec, [
        'replicas',
        'selector',
        'strategy',
        'paused',
        'progressDeadlineSeconds',
      ]),
      template: projectTemplate(spec.template),
    },
  };
}

/** A ReplicaSet: counts and conditions; its template is the Deployment's or an old one. */
export function projectReplicaSet(object: KubernetesObject): KubernetesObject {
  return {
    ...projectObject(object),
    spec: pick(object.spec, ['replicas', 'selector']),
  };
}

/** A LeaderWorkerSet: counts, group size and both reduced pod templates. */
export function projectLeaderWorkerSet(
  object: KubernetesObject,
): KubernetesObject {
  const spec = objectOf(object.spec);
  const group = objectOf(spec.leaderWorkerTemplate);
  return {
    ...projectObject(object),
    spec: {
      ...pick(spec, ['replicas', 'rolloutStrategy', 'startupPolicy']),
      leaderWorkerTemplate: {
        ...pick(group, ['size', 'restartPolicy']),
        ...(isObject(group.leaderTemplate)
          ? { leaderTemplate: projectTemplate(group.leaderTemplate) }
          : {}),
        ...(isObject(group.workerTemplate)
          ? { workerTemplate: projectTemplate(group.workerTemplate) }
          : {}),
      },
    },
  };
}

function projectTemplate(value: unknown): JsonObject {
  const template = objectOf(value);
  return {
    metadata: pick(template.metadata, ['labels', 'annotations']),
    spec: projectPodSpec(template.spec),
  };
}

/** An Event: what it is about, what it says, and when. */
export function projectEvent(object: KubernetesObject): KubernetesObject {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: pick(object.metadata, [
      'name',
      'namespace',
      'uid',
      'creationTimestamp',
    ]),
    ...pick(object, [
      'involvedObject',
      'reason',
      'message',
      'type',
      'count',
      'firstTimestamp',
      'lastTimestamp',
      'eventTime',
      'series',
      'source',
      'reportingComponent',
    ]),
  };
}
