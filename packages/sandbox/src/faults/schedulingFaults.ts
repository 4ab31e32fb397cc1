import { Fault } from './Fault';
import { editEngine, editPools } from './manifestEdits';

const UNFIT_LABEL = { 'gpu.example.com/model': 'b200' };

/** The pods cannot be made or placed. */
export const SCHEDULING_FAULTS: Fault[] = [
  {
    id: 'insufficient-rdma',
    title: 'No node has an RDMA share left',
    targets: ['prefill'],
    withhold: /^(rdma|openshift\.io)\/|^vpc\.amazonaws\.com\/efa$/,
    strikes: 'recreate',
  },
  {
    id: 'insufficient-gpu',
    title: 'No node has a GPU left',
    targets: ['decode'],
    withhold: /\/(gpu|mig-.*|gaudi)$/,
    strikes: 'recreate',
  },
  {
    id: 'insufficient-cpu-memory',
    title: 'No node has enough memory left',
    targets: ['prefill'],
    withhold: /^memory$/,
    strikes: 'recreate',
  },
  {
    id: 'node-selector-mismatch',
    title: 'The node selector names a label that no node has',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool => ({
        ...pool,
        template: {
          ...(pool.template ?? { containers: [] }),
          nodeSelector: UNFIT_LABEL,
        },
      })),
    strikes: 'redeploy',
  },
  {
    id: 'untolerated-taint',
    title: 'The GPU nodes were tainted and the pods do not tolerate it',
    targets: ['prefill'],
    nodeClause: 'node(s) had untolerated taint {nvidia.com/gpu: present}',
    strikes: 'recreate',
  },
  {
    id: 'anti-affinity-unsatisfied',
    title: 'Required anti-affinity wants more nodes than there are',
    targets: ['prefill'],
    nodeClause: "node(s) didn't match pod anti-affinity rules",
    strikes: 'recreate',
  },
  {
    id: 'volume-not-bound',
    title: 'The claim of the model volume is not bound',
    targets: ['decode', 'prefill'],
    unplaceable: 'pod has unbound immediate PersistentVolumeClaims',
    strikes: 'recreate',
  },
  {
    id: 'quota-exceeded',
    title: 'The quota of the namespace is used up',
    targets: ['prefill'],
    refuse: () =>
      'exceeded quota: llm-gpus, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=8, limited: requests.nvidia.com/gpu=8',
    strikes: 'recreate',
  },
  {
    id: 'pod-security-violation',
    title: 'The pod security level of the namespace forbids the pods',
    targets: ['prefill'],
    refuse: () =>
      'violates PodSecurity "restricted:latest": unrestricted capabilities (container "main" must not include "IPC_LOCK" in securityContext.capabilities.add)',
    strikes: 'recreate',
  },
  {
    id: 'extended-resource-invalid',
    title: 'A device is requested in another number than it is limited to',
    targets: ['prefill'],
    manifest: (service, targets) =>
      editPools(service, targets, pool =>
        editEngine(pool, main => ({
          ...main,
          resources: {
            limits: { ...main.resources?.limits, 'rdma/roce_gdr': '1' },
            requests: { ...main.resources?.requests, 'rdma/roce_gdr': '2' },
          },
        })),
      ),
    strikes: 'reconcile',
  },
  {
    id: 'device-allocation-failed',
    title: 'The node refuses the device after scheduling',
    targets: ['prefill'],
    nodeRefusal: {
      reason: 'UnexpectedAdmissionError',
      message:
        'Allocate failed due to no healthy devices present; cannot allocate unhealthy devices rdma/roce_gdr, which is unexpected',
    },
    strikes: 'recreate',
  },
  {
    id: 'scheduling-gated',
    title: 'A queue holds the pods back',
    targets: ['decode', 'prefill'],
    admit: pod => ({
      ...pod,
      spec: {
        ...pod.spec,
        schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }],
      },
    }),
    strikes: 'recreate',
  },
];
