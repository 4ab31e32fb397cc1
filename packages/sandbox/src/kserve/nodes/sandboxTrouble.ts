import { Pod } from '../kinds';
import { digest } from '../names';
import { WantedNetwork } from './network';

/** Why the sandbox of a pod cannot be made, as events say it; without events nobody says anything. */
export interface SandboxTrouble {
  events: {
    reason: string;
    message: string;
    component: 'kubelet' | 'multus';
  }[];
}

/** The network attachment that a pod names does not exist. */
export function multusFailure(
  pod: Pod,
  missing: WantedNetwork,
): SandboxTrouble {
  const cannotFind = `cannot find a network-attachment-definition (${missing.name}) in namespace (${missing.namespace}): network-attachment-definitions.k8s.cni.cncf.io "${missing.name}" not found`;
  return {
    events: [
      { reason: 'NoNetworkFound', message: cannotFind, component: 'multus' },
      sandboxEvent(
        pod,
        `Multus: [${podPath(
          pod,
        )}]: error loading k8s delegates k8s args: TryLoadPodDelegates: error in getting k8s network for pod: GetNetworkDelegates: failed getting the delegate: getKubernetesDelegate: ${cannotFind}`,
      ),
    ],
  };
}

/** A network plugin said no while it set the pod's network up. */
export function pluginFailure(
  pod: Pod,
  network: string,
  why: string,
): SandboxTrouble {
  return {
    events: [
      sandboxEvent(
        pod,
        `[${podPath(
          pod,
        )}:${network}]: error adding container to network "${network}": ${why}`,
      ),
    ],
  };
}

function sandboxEvent(pod: Pod, why: string): SandboxTrouble['events'][0] {
  const id = digest(`${pod.metadata.uid}/sandbox`);
  const { name, namespace } = pod.metadata;
  return {
    reason: 'FailedCreatePodSandBox',
    component: 'kubelet',
    message: `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${id}": plugin type="multus-shim" name="multus-cni-network" failed (add): CmdAdd (shim): CNI request failed with status 400: 'ContainerID:"${id}" Netns:"/var/run/netns/cni-${id.slice(
      0,
      8,
    )}" IfName:"eth0" Args:"IgnoreUnknown=1;K8S_POD_NAMESPACE=${namespace};K8S_POD_NAME=${name}" ERRORED: error configuring pod [${namespace}/${name}] networking: ${why}'`,
  };
}

function podPath(pod: Pod): string {
  const { name, namespace, uid } = pod.metadata;
  return `${namespace}/${name}/${uid}`;
}
