import { WantedCondition } from '../conditions';

/** What is known of one part of a service; undefined where the part is not there. */
export type PartState = Omit<WantedCondition, 'type'> | undefined;

/** The parts whose states make up the conditions of a service. */
export interface Parts {
  MainWorkloadReady?: PartState;
  WorkerWorkloadReady?: PartState;
  PrefillWorkloadReady?: PartState;
  PrefillWorkerWorkloadReady?: PartState;
  ScalingReady?: PartState;
  PrefillScalingReady?: PartState;
  GatewaysReady?: PartState;
  HTTPRoutesReady?: PartState;
  InferencePoolReady?: PartState;
  SchedulerWorkloadReady?: PartState;
}

const WORKLOAD_PARTS = [
  'MainWorkloadReady',
  'WorkerWorkloadReady',
  'PrefillWorkloadReady',
  'PrefillWorkerWorkloadReady',
  'ScalingReady',
  'PrefillScalingReady',
] as const;
const ROUTER_PARTS = [
  'GatewaysReady',
  'HTTPRoutesReady',
  'InferencePoolReady',
  'SchedulerWorkloadReady',
] as const;

export const IS_TRUE = { status: 'True' } as const;

/** A part that is not as it should be. */
export function notReady(reason: string, message: string): PartState {
  return { status: 'False', reason, message };
}

/**
 * All conditions of a service, sorted by type: those of its parts with severity Info, the two
 * roll-ups, and Ready over these and PresetsCombined. Only `False` counts against a roll-up.
 */
export function serviceConditions(parts: Parts): WantedCondition[] {
  const partConditions = [...WORKLOAD_PARTS, ...ROUTER_PARTS].flatMap(type => {
    const state = parts[type];
    return state ? [{ type, severity: 'Info', ...state }] : [];
  });
  const workloads = rollUp('WorkloadsReady', WORKLOAD_PARTS, parts);
  const router = rollUp('RouterReady', ROUTER_PARTS, parts);
  const broken = [workloads, router].find(c => c.status === 'False');
  return inOrder([
    ...partConditions,
    workloads,
    router,
    { type: 'PresetsCombined', ...IS_TRUE },
    broken ? { ...broken, type: 'Ready' } : { type: 'Ready', ...IS_TRUE },
  ]);
}

/** The conditions of a stopped service: everything is False, of whatever topology it was. */
export function stoppedConditions(): WantedCondition[] {
  const stopped = {
    status: 'False',
    reason: 'Stopped',
    message: 'Service is stopped',
  } as const;
  const parts = [
    'MainWorkloadReady',
    'WorkerWorkloadReady',
    'PrefillWorkloadReady',
    'PrefillWorkerWorkloadReady',
    ...ROUTER_PARTS,
  ].map(type => ({ type, severity: 'Info', ...stopped }));
  return inOrder([
    ...parts,
    { type: 'PresetsCombined', ...IS_TRUE },
    ...['WorkloadsReady', 'RouterReady', 'Ready'].map(type => ({
      type,
      ...stopped,
    })),
  ]);
}

function rollUp(
  type: string,
  names: readonly (keyof Parts)[],
  parts: Parts,
): WantedCondition {
  const broken = names
    .map(name => parts[name])
    .find(state => state?.status === 'False');
  return broken ? { type, ...broken } : { type, ...IS_TRUE };
}

function inOrder(conditions: WantedCondition[]): WantedCondition[] {
  return [...conditions].sort((a, b) => (a.type < b.type ? -1 : 1));
}
