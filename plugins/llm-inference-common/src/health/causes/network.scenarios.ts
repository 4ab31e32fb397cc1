import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { withoutSandbox } from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';

const multusSays = (reason: string) =>
  `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "37c4583b": plugin type="multus-shim" name="multus-cni-network" failed (add): CmdAdd (shim): CNI request failed with status 400: 'ContainerID:"37c4583b" ERRORED: error configuring pod [llm/qwen] networking: [llm/qwen/uid:roce-p2]: ${reason}'`;

/** No prefill pod gets its network. */
const failing =
  (message: string, reason = 'FailedCreatePodSandBox') =>
  (s: ServiceBuilder) =>
    s.pods.prefill.forEach(pod => {
      withoutSandbox(pod);
      s.event(pod, reason, message);
    });

const MISSING =
  'cannot find a network-attachment-definition (roce-p9) in namespace (llm): network-attachment-definitions.k8s.cni.cncf.io "roce-p9" not found';

export const networkScenarios = [
  root(
    'network-attachment-missing',
    'only multus says so',
    failing(MISSING, 'NoNetworkFound'),
  ),
  nearMiss(
    'network-attachment-missing',
    'it was created since: the pods have their sandbox',
    s => s.event(s.pod('prefill'), 'NoNetworkFound', MISSING, { minutes: 8 }),
    { verdict: 'Healthy' },
  ),
  root(
    'secondary-network-ip-exhausted',
    'whereabouts has no address left',
    failing(
      multusSays(
        'error adding container to network "roce-p2": error at storage engine: Could not allocate IP in range: ip: 192.168.100.10 / - 192.168.100.20 / range: 192.168.100.0/24 / excludeRanges: []',
      ),
    ),
  ),
  root(
    'secondary-network-ip-exhausted',
    'host-local has no address left',
    failing(
      multusSays(
        'error adding container to network "roce-p2": no IP addresses available in range set: 192.168.100.2-192.168.100.30',
      ),
    ),
  ),
  nearMiss(
    'secondary-network-ip-exhausted',
    'the parent interface is missing, addresses are not',
    failing(
      multusSays(
        'error adding container to network "roce-p2": failed to find master interface "ens1f1": Link not found',
      ),
    ),
  ),
  root(
    'cni-plugin-missing',
    'whereabouts is not installed on the node',
    failing(
      multusSays(
        'error adding container to network "roce-p2": failed to find plugin "whereabouts" in path [/opt/cni/bin /usr/libexec/cni]',
      ),
    ),
  ),
  nearMiss(
    'cni-plugin-missing',
    'the plugin is there and fails',
    failing(
      multusSays(
        'error adding container to network "roce-p2": SRIOV-CNI failed to load netconf: LoadConf(): VF pci addr is required',
      ),
    ),
  ),
  root(
    'secondary-network-failed',
    'no free virtual function',
    failing(
      multusSays(
        'error adding container to network "roce-p2": SRIOV-CNI failed to configure VF "failed to set vf 3 mac address"',
      ),
    ),
  ),
  nearMiss(
    'secondary-network-failed',
    'the cluster network failed; the wrapper names multus all the same',
    failing(
      multusSays(
        'error adding container to network "ovn-kubernetes": timed out waiting for OVS port binding',
      ).replace(':roce-p2', ''),
    ),
  ),
  root('sandbox-stuck', 'no network for 25 minutes and no event', s =>
    s.pods.prefill.forEach(pod => withoutSandbox(pod, 25)),
  ),
  nearMiss(
    'sandbox-stuck',
    'no network for a minute: a normal start',
    s => {
      s.workloads.prefill.status.conditions = [];
      s.pods.prefill.forEach(pod => withoutSandbox(pod, 1));
    },
    { verdict: 'Progressing' },
  ),
  root(
    'rdma-device-not-attached',
    'only the cluster network is attached',
    s => {
      s.pod('decode').metadata.annotations[
        'k8s.v1.cni.cncf.io/network-status'
      ] = JSON.stringify([{ name: 'ovn-kubernetes', default: true }]);
    },
  ),
  root('rdma-device-not-attached', 'the start script finds no adapter', s =>
    s.log(
      s.pod('decode'),
      'Trying to infer RoCE configs ... \n[Infer RoCE] No active HCAs found, skipping GID_INDEX inference.',
    ),
  ),
  nearMiss(
    'rdma-device-not-attached',
    'a shared device plugin needs no additional network',
    s => {
      for (const pod of [...s.pods.decode, ...s.pods.prefill]) {
        pod.metadata.annotations = {};
      }
    },
    { verdict: 'Healthy' },
  ),
  root(
    'secondary-network-failed',
    'the message names the cluster network too, and first',
    failing(
      'Failed to create pod sandbox: [llm/qwen:ovn-kubernetes]: error adding container to network "ovn-kubernetes": timed out, [llm/qwen:roce-p2]: error adding container to network "roce-p2": failed to move RDMA device mlx5_4 to container network namespace',
    ),
  ),
  nearMiss(
    'secondary-network-failed',
    'every network that the message names is the cluster network',
    failing(
      'plugin type="multus-shim" name="multus-cni-network" failed (add): [llm/qwen:ovn-kubernetes]: error adding container to network "ovn-kubernetes": timed out waiting for annotations, retry: error adding container to network "openshift-ovn-kubernetes/ovn-kubernetes": timed out waiting for annotations',
    ),
  ),
];
