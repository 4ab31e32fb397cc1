import { findCondition, readConditions, type Condition } from './conditions';
import { readObjectMeta, type ObjectMeta } from './objectMeta';
import {
  asList,
  asNumber,
  asRecord,
  asText,
  asTime,
  type UnknownRecord,
} from './unknown';

/** One state of a container. @public */
export interface ContainerState {
  kind: 'waiting' | 'running' | 'terminated';
  reason: string;
  message: string;
  exitCode?: number;
  /** Milliseconds since the epoch. */
  startedAt?: number;
  finishedAt?: number;
}

/** State of a container, an init container or a native sidecar. @public */
export interface ContainerStatus {
  name: string;
  /** True for init containers, native sidecars included. */
  init: boolean;
  ready: boolean;
  started?: boolean;
  restarts: number;
  state?: ContainerState;
  /** How the previous run ended. */
  last?: ContainerState;
  image?: string;
  imageId?: string;
}

/** A pod, read. @public */
export interface Pod extends ObjectMeta {
  spec: UnknownRecord;
  phase: string;
  reason: string;
  message: string;
  node?: string;
  ip?: string;
  conditions: Condition[];
  /** Init containers and sidecars first. */
  containers: ContainerStatus[];
  /** Ready as a whole, alive and not terminating. */
  ready: boolean;
  terminating: boolean;
  /** Phase Succeeded or Failed: it will never run again. */
  ended: boolean;
}

/** Reads a pod; absent for anything else. @public */
export function readPod(object: unknown): Pod | undefined {
  const meta = readObjectMeta(object);
  if (meta?.kind !== 'Pod') {
    return undefined;
  }
  const record = asRecord(object);
  const spec = asRecord(record.spec);
  const status = asRecord(record.status);
  const phase = asText(status.phase) ?? 'Unknown';
  const conditions = readConditions(status.conditions);
  const terminating =
    asText(asRecord(record.metadata).deletionTimestamp) !== undefined;
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const containers: ContainerStatus[] = [];
  for (const item of asList(status.initContainerStatuses)) {
    pushContainer(containers, item, true);
  }
  for (const item of asList(status.containerStatuses)) {
    pushContainer(containers, item, false);
  }
  return {
    ...meta,
    spec,
    phase,
    reason: asText(status.reason) ?? '',
    message: asText(status.message) ?? '',
    node: asText(spec.nodeName) || undefined,
    ip: asText(status.podIP),
    conditions,
    containers,
    ready:
      !terminating &&
      !ended &&
      findCondition(conditions, 'Ready')?.status === 'True',
    terminating,
    ended,
  };
}

function pushContainer(
  containers: ContainerStatus[],
  item: unknown,
  init: boolean,
) {
  const status = asRecord(item);
  const name = asText(status.name);
  if (name === undefined) {
    return;
  }
  containers.push({
    name,
    init,
    ready: status.ready === true,
    started: typeof status.started === 'boolean' ? status.started : undefined,
    restarts: Math.max(0, asNumber(status.restartCount) ?? 0),
    state: readState(status.state),
    last: readState(status.lastState),
    image: asText(status.image),
    imageId: asText(status.imageID),
  });
}

function readState(value: unknown): ContainerState | undefined {
  const states = asRecord(value);
  for (const kind of ['terminated', 'running', 'waiting'] as const) {
    if (typeof states[kind] === 'object' && states[kind] !== null) {
      const state = asRecord(states[kind]);
      return {
        kind,
        reason: asText(state.reason) ?? '',
        message: asText(state.message) ?? '',
        exitCode: asNumber(state.exitCode),
        startedAt: asTime(state.startedAt),
        finishedAt: asTime(state.finishedAt),
      };
    }
  }
  return undefined;
}

/** The status of the container of that name. @public */
export function findContainerStatus(
  pod: Pod,
  name: string,
): ContainerStatus | undefined {
  for (const container of pod.containers) {
    if (container.name === name) {
      return container;
    }
  }
  return undefined;
}

/** The `sha256:…` of the image that a container runs; absent until it was pulled. @public */
export function imageDigest(status: ContainerStatus): string | undefined {
  return /sha256:[0-9a-f]{16,}/.exec(status.imageId ?? '')?.[0];
}
