import { conditionStatus } from '../kserve/conditions';
import { RESOURCES } from '../kserve/kinds';
import { playedCluster, SETTLED } from '../kserve/testing/playedCluster';
import { FAULTS } from './faultTable';
import { clearFault, injectFault } from './injectFault';

/** What a person who looks at the cluster finds, by fault. Words of Kubernetes, the engine and UCX. */
const EVIDENCE: Record<string, RegExp> = {
  'insufficient-rdma':
    /FailedScheduling: 0\/4 nodes are available: 1 node\(s\) had untolerated taint \{node-role.kubernetes.io\/control-plane: \}, 3 Insufficient rdma\/roce_gdr\. preemption: 0\/4 nodes/,
  'insufficient-gpu': /3 Insufficient nvidia\.com\/gpu/,
  'insufficient-cpu-memory': /3 Insufficient memory/,
  'node-selector-mismatch':
    /3 node\(s\) didn't match Pod's node affinity\/selector/,
  'untolerated-taint':
    /3 node\(s\) had untolerated taint \{nvidia\.com\/gpu: present\}/,
  'anti-affinity-unsatisfied':
    /3 node\(s\) didn't match pod anti-affinity rules/,
  'volume-not-bound': /pod has unbound immediate PersistentVolumeClaims/,
  'quota-exceeded':
    /FailedCreate: Error creating: pods "[^"]+" is forbidden: exceeded quota: llm-gpus, requested: /,
  'pod-security-violation': /violates PodSecurity "restricted:latest": /,
  'extended-resource-invalid': /must be equal to rdma\/roce_gdr limit/,
  'device-allocation-failed':
    /UnexpectedAdmissionError: Allocate failed due to no healthy devices present/,
  'scheduling-gated': /SchedulingGated/,
  'network-attachment-missing':
    /NoNetworkFound: cannot find a network-attachment-definition \(roce-p3\) in namespace \(llm-demo\)/,
  'secondary-network-failed':
    /FailedCreatePodSandBox: .*error adding container to network "roce-p2"/,
  'secondary-network-ip-exhausted': /Could not allocate IP in range: ip: /,
  'cni-plugin-missing':
    /failed to find plugin "macvlan" in path \[\/opt\/cni\/bin\]/,
  'sandbox-stuck': /PodReadyToStartContainers=False/,
  'rdma-device-not-attached': /\[Infer RoCE\] No active HCAs found/,
  'image-pull-unauthorized': /ImagePullBackOff.*401 Unauthorized/,
  'image-not-found': /ImagePullBackOff.*: not found/,
  'image-rate-limited': /ImagePullBackOff.*toomanyrequests/,
  'image-pull-failed': /ImagePullBackOff.*no such host/,
  'config-reference-missing':
    /CreateContainerConfigError.*secret \\?"hf-token\\?" not found/,
  'model-access-denied': /Cannot access gated repo for url/,
  'model-not-found': /RepositoryNotFoundError/,
  'model-storage-full': /\[Errno 28\] No space left on device/,
  'model-download-slow':
    /"name":"storage-initializer","image":"[^"]*","imageID":"[^"]*","ready":false,"started":true,"restartCount":0,"state":\{"running"/,
  'model-download-failed': /Failed to connect to huggingface\.co/,
  'host-memory-exceeded': /"exitCode":137,"reason":"OOMKilled"/,
  'gpu-memory-exceeded': /CUDA out of memory/,
  'gpu-not-empty': /is less than desired GPU memory utilization/,
  'kv-cache-too-small': /the estimated maximum model length is 77072/,
  'tensor-parallel-indivisible':
    /attention heads \(28\) must be divisible by tensor parallel size \(8\)/,
  'shared-memory-too-small': /insufficient shared memory \(shm\)/,
  'engine-argument-invalid':
    /"exitCode":2,.*unrecognized arguments: --max-num-batch-tokens/,
  'startup-budget-exceeded':
    /Killing: Container main failed startup probe, will be restarted/,
  'probe-misconfigured':
    /Liveness probe failed: .*server gave HTTP response to HTTPS client/,
  'engine-unresponsive':
    /Readiness probe failed: Get "http:\/\/[\d.]+:8001\/health": context deadline exceeded/,
  'engine-crash': /"exitCode":139/,
  'kv-connector-missing':
    /Got kv_transfer_params, but no KVConnector found\. Disabling KVTransfer/,
  'kv-role-mismatch': /^(?![\s\S]*kv_consumer)/,
  'nixl-unavailable': /NIXL is not available/,
  'side-channel-host-unset': /'remote_host': 'localhost'/,
  'side-channel-unreachable': /handshake_setup_failed .*'remote_host': '10\./,
  'kv-transfer-failing': /NIXL transfer failure: transfer_failed/,
  'kv-compatibility-mismatch': /NIXL compatibility hash mismatch/,
  'kv-parallelism-unsupported':
    /Local block size 128 is not divisible by remote block size 96/,
  'kv-blocks-expired':
    /Releasing expired KV blocks for request \S+ .*retrieved by 0/,
  'kv-blocks-invalid': /Potentially invalid KV blocks for unrecognized request/,
  'memlock-limit':
    /Please set max locked memory \(ulimit -l\) to 'unlimited' \(current: 8192 kbytes\)/,
  'ucx-device-unavailable': /network device 'mlx5_9:1' is not available/,
  'ucx-transport-unavailable': /transport 'rc' is not available/,
  'ucx-transports-misconfigured': /"UCX_TLS","value":"rc,tcp,sm,self"/,
  'rdma-not-requested': /No active HCAs found, skipping GID_INDEX/,
  'rdma-fallback-tcp': /inter-node cfg#\d+ rma_am\(tcp\/eth0\)/,
  'roce-inference-failed': /No valid IPv4 RoCE v2 GID_INDEX found/,
  'stale-kv-agent': /Remote NIXL agent engine ID mismatch/,
  'mixed-pool-versions': /llm-d-cuda:v0\.8\.0/,
  'prefill-bypassed':
    /prompt_tokens_by_source_total\{[^}]*"local_compute"} (?:\d{5,}|\d(?:\.\d+)?e\+)/,
  'presets-not-combined':
    /LLMInferenceServiceConfig "team-defaults" not found in namespaces \[llm-demo kserve\]/,
  'rollout-stalled': /ProgressDeadlineExceeded/,
  'pool-below-desired': /PrefillWorkloadReady=False/,
  'prefill-unavailable': /PrefillWorkloadReady=False/,
  'decode-unavailable': /MainWorkloadReady=False/,
  'selector-immutable': /spec\.selector: Invalid value: .*: field is immutable/,
  'controller-error':
    /Reconciliation failed: failed to reconcile service account/,
  'scaling-metric-unavailable': /ScalingReady=False FailedGetExternalMetric/,
  'node-not-ready': /NodeNotReady/,
  'pod-evicted': /"reason":"Evicted"/,
  'scheduler-unavailable':
    /Readiness probe failed: timeout: failed to connect service "[\d.]+:9003"/,
  'scheduler-config-invalid':
    /plugin type 'pd-profile-handler-v2' is not registered/,
  'scheduler-missing': /"router":\{"route":\{\},"gateway":\{\}\}/,
  'scheduler-profile-stale': /single-profile-handler/,
  'inference-pool-not-accepted':
    /InferencePoolReady=False InferencePoolNotReady/,
  'route-not-accepted':
    /HTTPRoutesReady=False HTTPRoutesNotReady .*NotAllowedByListeners/,
  'gateway-not-ready':
    /"type":"Programmed","status":"False","reason":"AddressNotAssigned"/,
};

type Cluster = ReturnType<typeof playedCluster>;

/** Everything that can be read about the service, as one text. */
async function look(cluster: Cluster): Promise<string> {
  const scrapes = await Promise.all(
    cluster.pods('decode').map(async pod => {
      const answer = await cluster.player.engines.answer({
        pod,
        port: '8001',
        path: '/metrics',
        method: 'GET',
        headers: {},
        body: '',
      });
      return answer?.body ?? '';
    }),
  );
  const conditions = [
    ...(cluster.service().status?.conditions ?? []),
    ...cluster.pods().flatMap(pod => pod.status?.conditions ?? []),
  ].map(({ type, status, reason, message }) =>
    [`${type}=${status}`, reason, message].filter(Boolean).join(' '),
  );
  return [
    ...cluster.events(),
    ...conditions,
    JSON.stringify(cluster.service().spec),
    ...cluster.pods().map(pod => JSON.stringify(pod)),
    ...cluster.pods().map(pod => cluster.log(pod)),
    ...[RESOURCES.deployment, RESOURCES.gateway].flatMap(resource =>
      cluster.store.list(resource).map(object => JSON.stringify(object)),
    ),
    ...scrapes,
  ]
    .join('\n')
    .replaceAll('\\"', '"');
}

describe('faults on a service', () => {
  it('has evidence for each entry of the table', () => {
    expect([...FAULTS.keys()].sort()).toEqual(Object.keys(EVIDENCE).sort());
  });

  it.each([...FAULTS.keys()])('%s shows, and heals', async id => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);
    expect(await look(cluster)).not.toMatch(EVIDENCE[id]);

    injectFault(cluster.player, cluster.ref, id);
    cluster.pass(id === 'pod-evicted' ? 0.2 : 25);
    expect(await look(cluster)).toMatch(EVIDENCE[id]);

    clearFault(cluster.player, cluster.ref, id);
    cluster.pass(2 * SETTLED);
    expect(cluster.condition('Ready')?.status).toBe('True');
    expect(
      cluster
        .pods()
        .filter(pod => pod.status?.phase !== 'Failed')
        .map(pod => conditionStatus(pod.status?.conditions, 'Ready')),
    ).toEqual(['True', 'True', 'True', 'True']);
  });

  it('frees pods that wait for room as soon as there is some', () => {
    const cluster = playedCluster({ gpuNodes: 1 });
    cluster.deploy({ prefillReplicas: 5 });
    cluster.pass(SETTLED);
    const waiting = () =>
      cluster.pods('prefill').filter(pod => !pod.spec.nodeName);
    expect(waiting()).toHaveLength(2);
    expect(cluster.events().join('\n')).toContain(
      '0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 Insufficient rdma/roce_gdr, 1 node(s) had untolerated taint',
    );
    cluster.edit(spec => ({
      ...spec,
      prefill: { ...spec.prefill, replicas: 3 },
    }));
    cluster.pass(SETTLED);
    expect(waiting()).toEqual([]);
    expect(cluster.condition('Ready')?.status).toBe('True');
  });

  it('plays no-rdma-left by its other name', () => {
    const cluster = playedCluster();
    cluster.deploy();
    cluster.pass(SETTLED);
    const entry = injectFault(cluster.player, cluster.ref, 'no-rdma-left', {
      targets: ['decode'],
    });
    cluster.pass(1);
    expect(entry.fault.id).toBe('insufficient-rdma');
    expect(cluster.pods('decode')[0].status?.phase).toBe('Pending');
    expect(cluster.condition('MainWorkloadReady')?.status).toBe('False');
    expect(cluster.condition('PrefillWorkloadReady')?.status).toBe('True');
  });

  it('says what there is when a name is wrong, and when a fault does not fit', () => {
    const cluster = playedCluster();
    cluster.deploy({ model: { uri: 'pvc://models', name: 'm' } });
    const { player, ref } = cluster;
    expect(() => injectFault(player, ref, 'gremlins')).toThrow(
      'There is no fault gremlins; there are insufficient-rdma, ',
    );
    expect(() =>
      injectFault(player, { ...ref, name: 'other' }, 'engine-crash'),
    ).toThrow('There is no LLMInferenceService llm-demo/other in cluster test');
    expect(() => injectFault(player, ref, 'model-not-found')).toThrow(
      'model-not-found cannot be played on qwen: its model pvc://models is not downloaded',
    );
    expect(() => clearFault(player, ref, 'engine-crash')).toThrow(
      'No fault engine-crash plays on llm-demo/qwen',
    );
  });
});
