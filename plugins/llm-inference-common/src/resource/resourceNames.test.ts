import {
  classifyResource,
  countDevices,
  findDeviceRequestProblem,
  readDeviceRequests,
} from './resourceNames';

it.each([
  ['cpu', 'core'],
  ['memory', 'core'],
  ['ephemeral-storage', 'core'],
  ['hugepages-2Mi', 'core'],
  ['nvidia.com/gpu', 'gpu'],
  ['nvidia.com/mig-3g.40gb', 'gpu'],
  ['amd.com/gpu', 'gpu'],
  ['gpu.intel.com/i915', 'gpu'],
  ['habana.ai/gaudi', 'gpu'],
  ['rdma/roce_gdr', 'rdma'],
  ['rdma/hca_shared_devices_a', 'rdma'],
  ['nvidia.com/hostdev', 'rdma'],
  ['nvidia.com/mlnxnics', 'rdma'],
  ['openshift.io/p2rdma', 'rdma'],
  ['vpc.amazonaws.com/efa', 'rdma'],
  ['networking.gke.io.networks/rdma-0', 'rdma'],
])('classifies %s as %s', (name, expected) => {
  expect(classifyResource(name)).toBe(expected);
});

describe('readDeviceRequests', () => {
  it('counts limits and requests once', () => {
    const devices = readDeviceRequests({
      resources: {
        limits: { cpu: '8', 'nvidia.com/gpu': '2', 'rdma/ib': 1 },
        requests: { 'nvidia.com/gpu': '2', 'rdma/ib': 1 },
      },
    });
    expect(countDevices(devices, 'gpu')).toBe(2);
    expect(countDevices(devices, 'rdma')).toBe(1);
    expect(devices.map(findDeviceRequestProblem)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each([
    [{ requests: { 'rdma/ib': 1 } }, /only under requests/],
    [{ limits: { 'rdma/ib': '0.5' } }, /must be an integer/],
    [
      { limits: { 'rdma/ib': 2 }, requests: { 'rdma/ib': 1 } },
      /both must be equal/,
    ],
  ])('finds the problem in %j', (resources, message) => {
    const [device] = readDeviceRequests({ resources });
    expect(findDeviceRequestProblem(device)?.said).toMatch(message);
  });

  it('reads nothing from garbage', () => {
    expect(readDeviceRequests(null)).toEqual([]);
    expect(readDeviceRequests({ resources: { limits: [1] } })).toEqual([]);
  });
});
