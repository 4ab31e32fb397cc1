import { Fault } from './Fault';
import { MODEL_FAULTS } from './modelFaults';

/** Every fault that can be played on a service, by the id of the cause that it makes a cluster show. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [...MODEL_FAULTS].map(fault => [fault.id, fault]),
);
