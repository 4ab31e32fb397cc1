import type { Cause } from 'backstage-plugin-llm-inference-common';
import { NOW } from './services';

export const insufficientRdma: Cause = {
  id: 'insufficient-rdma',
  severity: 'Critical',
  pool: 'prefill',
  subjects: ['Pod/qwen-kserve-prefill-x-0'],
  title: 'No free RDMA share',
  explanation:
    'The scheduler found no node that has a free share of rdma/roce_gdr for this pod.',
  remedy:
    'Add a node with RDMA shares, scale the prefill pool down to 1, or choose a profile that uses fewer shares per pod.',
  evidence: [
    {
      kind: 'Event',
      object: 'Pod/qwen-kserve-prefill-x-0',
      quote:
        '0/8 nodes are available: 8 Insufficient rdma/roce_gdr. preemption: 0/8 nodes are available: 8 No preemption victims found for incoming pod.',
      at: NOW,
    },
  ],
};

export const modelAccessDenied: Cause = {
  id: 'model-access-denied',
  severity: 'Critical',
  pool: 'decode',
  subjects: ['Pod/qwen-kserve-0', 'Pod/qwen-kserve-1'],
  title: 'The model may not be downloaded',
  explanation:
    'huggingface.co refuses the download: the model is gated and the token has no access.',
  remedy:
    'Accept the licence of the model with the account of the token, or put a token that has access into the secret hf-token.',
  evidence: [
    {
      kind: 'Log',
      object: 'Pod/qwen-kserve-0/storage-initializer',
      quote:
        'huggingface_hub.errors.GatedRepoError: 401 Client Error. Cannot access gated repo for url https://huggingface.co/Qwen/Qwen2-7B-Instruct/resolve/main/config.json.',
      at: NOW,
    },
  ],
};

export const schedulerUnavailable: Cause = {
  id: 'scheduler-unavailable',
  severity: 'Warning',
  pool: 'scheduler',
  subjects: ['Deployment/qwen-kserve-router-scheduler'],
  title: 'The scheduler is not ready',
  explanation: 'Requests cannot be steered to a prefill pod.',
  remedy: 'Look at the events of Deployment/qwen-kserve-router-scheduler.',
  evidence: [],
};

export const prefillBypassed: Cause = {
  id: 'prefill-bypassed',
  severity: 'Warning',
  subjects: ['Deployment/qwen-kserve-prefill'],
  title: 'Prefill is bypassed',
  explanation:
    'Requests reach decode only: the scheduler runs without the pd-profile-handler, so that decode computes every prompt itself.',
  remedy:
    'Set the scheduler profile for prefill/decode in spec.router.scheduler.config.',
  evidence: [
    {
      kind: 'Metric',
      object: 'Pod/qwen-kserve-0',
      quote: 'vllm:nixl_num_kv_transfers_total 0',
      at: NOW,
    },
  ],
};

export const kvRoleMismatch: Cause = {
  id: 'kv-role-mismatch',
  severity: 'Critical',
  subjects: ['LLMInferenceService/qwen'],
  title: 'The KV connectors of the pools do not fit',
  explanation: 'The pools cannot hand over the KV cache: two producers.',
  remedy:
    'Use the same connector in both pools, kv_role kv_consumer in spec.template (decode) and kv_producer in spec.prefill.template.',
  evidence: [
    {
      kind: 'Spec',
      object: 'Pod/qwen-kserve-0',
      quote:
        'VLLM_ADDITIONAL_ARGS: --kv-transfer-config \'{"kv_connector":"NixlConnector","kv_role":"kv_producer"}\'',
      at: NOW,
    },
  ],
};
