import { isRecord, jsonEqual } from '../../cluster/json';
import { KubeObject } from '../../cluster/ClusterStore';
import { EventRecorder } from '../EventRecorder';
import { MemoryClusterStore } from '../../cluster/MemoryClusterStore';
import { LlmInferenceService } from './serviceSpec';

const CONTROLLER = 'llmisvc-controller-manager';

/** Creates, changes and deletes what a service owns, and says so as the controller does. */
export class Children {
  constructor(
    private readonly store: MemoryClusterStore,
    private readonly events: EventRecorder,
    private readonly service: LlmInferenceService,
  ) {}

  get<T extends KubeObject>(resource: string, name: string): T | undefined {
    return this.store.get(resource, name, this.service.metadata.namespace) as
      | T
      | undefined;
  }

  /** Brings an object to the wanted state; its replicas stay where nothing is wanted for them. */
  apply<T extends KubeObject>(resource: string, wanted: T): T {
    const current = this.get<T>(resource, wanted.metadata.name);
    if (!current) {
      this.say('Created', wanted);
      return this.store.create(resource, {
        ...wanted,
        ...(wanted.spec ? { spec: withDefaultReplicas(wanted) } : {}),
      }) as T;
    }
    const next: T = {
      ...current,
      ...wanted,
      metadata: {
        ...current.metadata,
        labels: wanted.metadata.labels,
        ...mergedAnnotations(current, wanted),
      },
      spec: keepReplicas(current.spec, wanted.spec),
    };
    assertSelectorKept(current, next);
    if (
      jsonEqual(current.spec, next.spec) &&
      jsonEqual(current.metadata, next.metadata)
    ) {
      return current;
    }
    this.say('Updated', wanted);
    return this.store.update(resource, next) as T;
  }

  delete(resource: string, name: string): void {
    const current = this.get(resource, name);
    if (current && !current.metadata.deletionTimestamp) {
      this.store.delete(resource, name, this.service.metadata.namespace);
      this.say('Deleted', current);
    }
  }

  private say(
    reason: 'Created' | 'Updated' | 'Deleted',
    child: KubeObject,
  ): void {
    const version = child.apiVersion.split('/').at(-1);
    this.events.record(this.service, {
      type: 'Normal',
      reason,
      message: `<${version}.${child.kind}> ${child.metadata.namespace}/${child.metadata.name}`,
      component: CONTROLLER,
    });
  }
}

function mergedAnnotations(current: KubeObject, wanted: KubeObject) {
  const annotations = {
    ...current.metadata.annotations,
    ...wanted.metadata.annotations,
  };
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}

function withDefaultReplicas({ kind, spec }: KubeObject): unknown {
  const scales = kind === 'Deployment' || kind === 'LeaderWorkerSet';
  return scales && isRecord(spec) && spec.replicas === undefined
    ? { replicas: 1, ...spec }
    : spec;
}

function keepReplicas(current: unknown, wanted: unknown): unknown {
  return isRecord(current) &&
    isRecord(wanted) &&
    wanted.replicas === undefined &&
    current.replicas !== undefined
    ? { ...wanted, replicas: current.replicas }
    : wanted;
}

/** A selector never changes; the API server's words for trying. */
function assertSelectorKept(current: KubeObject, next: KubeObject): void {
  if (current.kind !== 'Deployment') {
    return;
  }
  const before = isRecord(current.spec) ? current.spec.selector : undefined;
  const after = isRecord(next.spec) ? next.spec.selector : undefined;
  if (!jsonEqual(before, after)) {
    throw new Error(
      `failed to get defaults for v1.Deployment ${current.metadata.namespace}/${
        current.metadata.name
      }: Deployment.apps "${
        current.metadata.name
      }" is invalid: spec.selector: Invalid value: ${JSON.stringify(
        after,
      )}: field is immutable`,
    );
  }
}
