import { pluginFailure } from '../kserve/nodes/sandboxTrouble';
import { Fault } from './Fault';
import { editPools } from './manifestEdits';

const NETWORK = 'roce-p2';

/** The pods do not get their second network. */
export const NETWORK_FAULTS: Fault[] = [
  {
    id: 'network-attachment-missing',
    title: 'The network attachment that the pods name does not exist',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool => ({
        ...pool,
        annotations: {
          ...pool.annotations,
          'k8s.v1.cni.cncf.io/networks': 'roce-p3',
        },
      })),
    strikes: 'redeploy',
  },
  {
    id: 'secondary-network-failed',
    title: 'Attaching the second network fails on the node',
    targets: ['prefill'],
    sandbox: pod =>
      pluginFailure(
        pod,
        NETWORK,
        'failed to set up pod interface: failed to create macvlan: Link not found',
      ),
    strikes: 'recreate',
  },
  {
    id: 'secondary-network-ip-exhausted',
    title: 'The address range of the second network is used up',
    targets: ['prefill'],
    sandbox: pod =>
      pluginFailure(
        pod,
        NETWORK,
        'error at storage engine: Could not allocate IP in range: ip: 192.168.100.1 / - 192.168.100.254 / range: 192.168.100.0/24 / excludeRanges: []',
      ),
    strikes: 'recreate',
  },
  {
    id: 'cni-plugin-missing',
    title: 'The plugin of the second network is not installed on the node',
    targets: ['prefill'],
    sandbox: pod =>
      pluginFailure(
        pod,
        NETWORK,
        'failed to find plugin "macvlan" in path [/opt/cni/bin]',
      ),
    strikes: 'recreate',
  },
  {
    id: 'sandbox-stuck',
    title: 'The sandbox is never made and nobody says why',
    targets: ['prefill'],
    sandbox: () => ({ events: [] }),
    strikes: 'recreate',
  },
  {
    id: 'rdma-device-not-attached',
    title: 'The pods run without the RDMA interface that they asked for',
    targets: ['decode'],
    detached: true,
    strikes: 'recreate',
  },
];
