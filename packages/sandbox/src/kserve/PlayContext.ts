import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { FaultBook } from '../faults/FaultBook';
import { SandboxClock } from './clock/SandboxClock';
import { EngineLogs } from './engine/EngineLogs';
import { TrafficPlan } from './engine/TrafficPlan';
import { EventRecorder } from './EventRecorder';

/** What every player of a cluster works with. */
export interface PlayContext {
  store: MemoryClusterStore;
  clock: SandboxClock;
  events: EventRecorder;
  faults: FaultBook;
  logs: EngineLogs;
  traffic: TrafficPlan;
}
