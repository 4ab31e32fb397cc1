import { KubeObject } from '../../cluster/ClusterStore';
import { timestamp } from '../../cluster/objectMetadata';
import {
  conditionStatus,
  WantedCondition,
  withTransitions,
} from '../conditions';
import { Condition, RESOURCES } from '../kinds';
import { childName } from '../names';
import { PlayContext } from '../PlayContext';
import { Children } from './children';
import { combineConfigs } from './combineConfigs';
import { schedulerName } from './endpointPicker';
import { leaderWorkerSetName } from './multiNode';
import { reconcileRouter } from './RouterReconciler';
import { reconcileScaling } from './scaling';
import {
  notReady,
  serviceConditions,
  stoppedConditions,
} from './serviceConditions';
import { asService, isStopped, LlmInferenceService } from './serviceSpec';
import { statusOf } from './serviceStatus';
import { deploymentName } from './singleNode';
import { reconcileWorkloads } from './WorkloadReconciler';

const FINALIZER = 'serving.kserve.io/llmisvc-finalizer';
const CONTROLLER = 'llmisvc-controller-manager';

/** Plays the LLMInferenceService controller of KServe. */
export class ServiceController {
  constructor(private readonly context: PlayContext) {}

  reconcile(namespace: string | undefined, name: string): void {
    const object = this.context.store.get(RESOURCES.service, name, namespace);
    if (!object) {
      return;
    }
    if (object.metadata.deletionTimestamp) {
      this.finalize(object);
      return;
    }
    const service = asService(this.withFinalizer(object));
    const combined = combineConfigs(this.context.store, service);
    if (!combined.ok) {
      this.refuse(service, combined.reason, combined.message);
      return;
    }
    if (isStopped(service)) {
      this.shutDown(service);
      return;
    }
    const children = this.childrenOf(service);
    const build = { service, spec: combined.spec };
    const played = this.context.faults.reconcileError(service);
    const workload = played
      ? {
          parts: { MainWorkloadReady: notReady(played.reason, played.message) },
          workloads: {},
          failed: played.message,
        }
      : reconcileWorkloads(build, children);
    const router = workload.failed
      ? { parts: {} }
      : {
          ...reconcileRouter(this.context.store, build, children),
          scaling: reconcileScaling(
            this.context,
            build,
            children,
            workload.workloads,
          ),
        };
    const conditions = workload.failed
      ? keepOthers(service, serviceConditions(workload.parts))
      : serviceConditions({
          ...workload.parts,
          ...router.parts,
          ...('scaling' in router ? router.scaling : {}),
        });
    this.report(
      service,
      conditions,
      workload.failed
        ? { ...service.status }
        : statusOf(
            this.context.store,
            build,
            workload,
            router,
            combined.appliedConfigs,
          ),
    );
    if (workload.failed) {
      this.recordError(service, workload.failed);
    }
  }

  /** A failure nobody foresaw is an event on the service. */
  recordError(service: KubeObject, message: string): void {
    this.context.events.record(service, {
      type: 'Warning',
      reason: 'Error',
      message: `Reconciliation failed: ${message}`,
      component: CONTROLLER,
    });
  }

  private withFinalizer(service: KubeObject): KubeObject {
    const finalizers = service.metadata.finalizers ?? [];
    return finalizers.includes(FINALIZER)
      ? service
      : this.context.store.update(RESOURCES.service, {
          ...service,
          metadata: {
            ...service.metadata,
            finalizers: [...finalizers, FINALIZER],
          },
        });
  }

  private finalize(service: KubeObject): void {
    const finalizers = service.metadata.finalizers ?? [];
    if (finalizers.includes(FINALIZER)) {
      this.context.store.update(RESOURCES.service, {
        ...service,
        metadata: {
          ...service.metadata,
          finalizers: finalizers.filter(finalizer => finalizer !== FINALIZER),
        },
      });
    }
  }

  /** Presets that do not combine end it here: every other condition stays as it was. */
  private refuse(
    service: LlmInferenceService,
    reason: string,
    message: string,
  ): void {
    const broken: WantedCondition[] = [
      { type: 'PresetsCombined', status: 'False', reason, message },
      { type: 'Ready', status: 'False', reason, message },
    ];
    this.report(service, keepOthers(service, broken), { ...service.status });
    this.recordError(service, `terminal error: ${message}`);
  }

  private shutDown(service: LlmInferenceService): void {
    const children = this.childrenOf(service);
    const { name } = service.metadata;
    for (const pool of ['decode', 'prefill'] as const) {
      children.delete(RESOURCES.deployment, deploymentName(name, pool));
      children.delete(
        RESOURCES.leaderWorkerSet,
        leaderWorkerSetName(name, pool),
      );
    }
    children.delete(RESOURCES.deployment, schedulerName(name));
    children.delete(RESOURCES.httpRoute, childName(name, '-kserve-route'));
    children.delete(
      RESOURCES.inferencePool,
      childName(name, '-inference-pool'),
    );
    for (const suffix of ['-kserve-workload-svc', '-epp-service']) {
      children.delete(RESOURCES.kubeService, childName(name, suffix));
    }
    const { workloads, router, addresses, appliedConfigs, ...kept } =
      service.status ?? {};
    this.report(service, stoppedConditions(), kept);
  }

  private childrenOf(service: LlmInferenceService): Children {
    return new Children(this.context.store, this.context.events, service);
  }

  private report(
    service: LlmInferenceService,
    wanted: WantedCondition[],
    rest: Record<string, unknown>,
  ): void {
    const { store, clock, events } = this.context;
    const before = service.status?.conditions;
    const conditions = withTransitions(wanted, before, timestamp(clock.now()));
    const { name, namespace } = service.metadata;
    const current = store.get(RESOURCES.service, name, namespace);
    if (!current) {
      return;
    }
    store.updateStatus(RESOURCES.service, {
      ...current,
      status: {
        ...rest,
        observedGeneration: service.metadata.generation,
        conditions,
      },
    });
    const wasReady = conditionStatus(before, 'Ready') === 'True';
    const isReady = conditionStatus(conditions, 'Ready') === 'True';
    if (isReady && !wasReady) {
      events.record(service, {
        type: 'Normal',
        reason: 'LLMInferenceServiceReady',
        message: `LLMInferenceService [${name}] is Ready`,
        component: CONTROLLER,
      });
    } else if (wasReady && !isReady && !isStopped(service)) {
      events.record(service, {
        type: 'Warning',
        reason: 'LLMInferenceServiceNotReady',
        message: `LLMInferenceService [${name}] is no longer Ready because of: ${brokenOf(
          conditions,
        )}`,
        component: CONTROLLER,
      });
    }
  }
}

function keepOthers(
  service: LlmInferenceService,
  changed: WantedCondition[],
): WantedCondition[] {
  const types = new Set(changed.map(condition => condition.type));
  const kept = (service.status?.conditions ?? []).filter(
    condition => !types.has(condition.type),
  ) as WantedCondition[];
  return [...kept, ...changed].sort((a, b) => (a.type < b.type ? -1 : 1));
}

function brokenOf(conditions: Condition[]): string {
  return conditions
    .filter(({ type, status }) => status === 'False' && type !== 'Ready')
    .map(({ type }) => type)
    .join(', ');
}
