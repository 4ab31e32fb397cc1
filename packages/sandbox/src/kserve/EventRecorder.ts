import { Clock, ClusterStore, KubeObject } from '../cluster/ClusterStore';
import { timestamp } from '../cluster/objectMetadata';
import { RESOURCES } from './kinds';
import { digest } from './names';

/** What is told about an object. */
export interface Occurrence {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** Who says it, for example `kubelet`. */
  component: string;
  /** Node, for what a kubelet says. */
  host?: string;
  /** Part of the object, for example `spec.containers{main}`. */
  fieldPath?: string;
}

/** How long an event lives, as an API server is set up by default. */
const EVENT_LIFETIME_MS = 3_600_000;
const SWEEP_INTERVAL_MS = 600_000;

/** Writes events as controllers do: the same news of the same object again counts up the first. */
export class EventRecorder {
  private sweepScheduled = false;

  constructor(
    private readonly store: ClusterStore,
    private readonly clock: Clock,
  ) {}

  record(object: KubeObject, occurrence: Occurrence): void {
    const { name, namespace, uid, resourceVersion } = object.metadata;
    const identity = digest(
      JSON.stringify([uid, occurrence.reason, occurrence.message]),
      16,
    );
    const eventName = `${name}.${identity}`;
    const eventNamespace = namespace ?? 'default';
    const now = timestamp(this.clock.now());
    const known = this.store.get(RESOURCES.event, eventName, eventNamespace);
    if (known) {
      this.store.update(RESOURCES.event, {
        ...known,
        count: (typeof known.count === 'number' ? known.count : 0) + 1,
        lastTimestamp: now,
      });
      return;
    }
    this.store.create(RESOURCES.event, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace: eventNamespace },
      involvedObject: {
        kind: object.kind,
        ...(namespace ? { namespace } : {}),
        name,
        uid,
        apiVersion: object.apiVersion,
        resourceVersion,
        ...(occurrence.fieldPath ? { fieldPath: occurrence.fieldPath } : {}),
      },
      reason: occurrence.reason,
      message: occurrence.message,
      source: {
        component: occurrence.component,
        ...(occurrence.host ? { host: occurrence.host } : {}),
      },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type: occurrence.type,
      eventTime: null,
      reportingComponent: occurrence.component,
      reportingInstance: occurrence.host ?? '',
    });
    this.scheduleSweep();
  }

  /** Removes events that nobody repeated for an hour, as the API server does. */
  sweep(): void {
    const limit = this.clock.now().getTime() - EVENT_LIFETIME_MS;
    for (const event of this.store.list(RESOURCES.event)) {
      if (Date.parse(String(event.lastTimestamp)) < limit) {
        this.store.delete(
          RESOURCES.event,
          event.metadata.name,
          event.metadata.namespace,
        );
      }
    }
  }

  private scheduleSweep(): void {
    if (this.sweepScheduled) {
      return;
    }
    this.sweepScheduled = true;
    this.clock.setTimeout(() => {
      this.sweepScheduled = false;
      this.sweep();
      this.scheduleSweep();
    }, SWEEP_INTERVAL_MS);
  }
}
