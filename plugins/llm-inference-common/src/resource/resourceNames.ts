import { asRecord } from './unknown';
import { parseQuantity } from './quantity';

/**
 * What a resource name under `resources.limits` stands for. Everything that is neither of the core nor a GPU
 * counts as RDMA: clusters name their RDMA devices freely (`rdma/…`, `openshift.io/…`, `nvidia.com/hostdev`,
 * `vpc.amazonaws.com/efa`, …).
 *
 * @public
 */
export type ResourceClass = 'core' | 'gpu' | 'rdma';

const CORE =
  /^(?:cpu|memory|storage|ephemeral-storage|pods|hugepages-.+|attachable-volumes-.+)$/;
const GPU =
  /^(?:nvidia\.com\/(?:gpu(?:\.shared)?|mig-[\w.-]+)|amd\.com\/gpu|gpu\.intel\.com\/[\w.-]+|habana\.ai\/gaudi|google\.com\/tpu|aws\.amazon\.com\/neuron[\w.-]*)$/;

/** Classifies a resource name. @public */
export function classifyResource(name: string): ResourceClass {
  if (CORE.test(name)) {
    return 'core';
  }
  return GPU.test(name) ? 'gpu' : 'rdma';
}

/** The resource name of AWS Elastic Fabric Adapter, whose NIXL backend is LIBFABRIC instead of UCX. @public */
export const EFA_RESOURCE = 'vpc.amazonaws.com/efa';

/** One device resource of a container, with both sides as written. @public */
export interface DeviceRequest {
  name: string;
  kind: 'gpu' | 'rdma';
  /** Units; the limit where there is one, else the request. */
  count: number;
  limit?: unknown;
  request?: unknown;
}

/** GPUs and RDMA devices that a container asks for, by name. @public */
export function readDeviceRequests(container: unknown): DeviceRequest[] {
  const resources = asRecord(asRecord(container).resources);
  const limits = asRecord(resources.limits);
  const requests = asRecord(resources.requests);
  const found: DeviceRequest[] = [];
  for (const name of Object.keys(limits)) {
    addDevice(found, name, limits[name], requests[name]);
  }
  for (const name of Object.keys(requests)) {
    if (!(name in limits)) {
      addDevice(found, name, undefined, requests[name]);
    }
  }
  return found;
}

function addDevice(
  found: DeviceRequest[],
  name: string,
  limit: unknown,
  request: unknown,
) {
  const kind = classifyResource(name);
  if (kind === 'core') {
    return;
  }
  const count = parseQuantity(limit ?? request) ?? 0;
  found.push({ name, kind, count, limit, request });
}

/** Units of one class that a container asks for, over all names. @public */
export function countDevices(
  devices: readonly DeviceRequest[],
  kind: 'gpu' | 'rdma',
): number {
  return devices.reduce(
    (sum, device) => (device.kind === kind ? sum + device.count : sum),
    0,
  );
}

/** Why Kubernetes refuses a request of a device, as a code and in words. */
interface DeviceRequestProblem {
  code: 'noLimit' | 'noInteger' | 'unequal';
  said: string;
}

/**
 * Says what is wrong with one device request, or nothing: extended resources must be integers, and the limit
 * must be set and equal the request.
 *
 * @public
 */
export function findDeviceRequestProblem(
  device: DeviceRequest,
): DeviceRequestProblem | undefined {
  const limit = parseQuantity(device.limit);
  const request = parseQuantity(device.request);
  if (device.limit === undefined || device.limit === null) {
    return {
      code: 'noLimit',
      said: `${device.name} is only under requests: set the same number under limits`,
    };
  }
  if (limit === undefined || !Number.isInteger(limit)) {
    return {
      code: 'noInteger',
      said: `${device.name} must be an integer, but the limit is ${String(
        device.limit,
      )}`,
    };
  }
  if (
    device.request !== undefined &&
    device.request !== null &&
    request !== limit
  ) {
    return {
      code: 'unequal',
      said: `${device.name} has limit ${limit} but request ${String(
        device.request,
      )}: both must be equal`,
    };
  }
  return undefined;
}
