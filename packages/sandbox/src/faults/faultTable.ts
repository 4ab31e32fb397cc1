import { ENGINE_FAULTS } from './engineFaults';
import { Fault } from './Fault';
import { IMAGE_FAULTS } from './imageFaults';
import { KV_TRANSFER_FAULTS } from './kvTransferFaults';
import { MODEL_FAULTS } from './modelFaults';
import { NETWORK_FAULTS } from './networkFaults';
import { ROUTER_FAULTS } from './routerFaults';
import { UnknownError } from './UnknownError';
import { SCHEDULING_FAULTS } from './schedulingFaults';
import { WORKLOAD_FAULTS } from './workloadFaults';

/** Every fault that can be played on a service, by the id of the cause that it makes a cluster show. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [
    ...SCHEDULING_FAULTS,
    ...NETWORK_FAULTS,
    ...IMAGE_FAULTS,
    ...MODEL_FAULTS,
    ...ENGINE_FAULTS,
    ...KV_TRANSFER_FAULTS,
    ...WORKLOAD_FAULTS,
    ...ROUTER_FAULTS,
  ].map(fault => [fault.id, fault]),
);

/** Other names that people use for a fault. */
const ALIASES: Record<string, string> = { 'no-rdma-left': 'insufficient-rdma' };

/** The fault of an id or of one of its other names. @throws UnknownError that lists what there is */
export function faultOf(id: string): Fault {
  const fault = FAULTS.get(ALIASES[id] ?? id);
  if (!fault) {
    throw new UnknownError(
      `There is no fault ${id}; there are ${[...FAULTS.keys()].join(', ')}`,
    );
  }
  return fault;
}
