/** A prefill/decode service as somebody would write it: both pools with GPUs and RDMA, and the network between. */
export const PD_SERVICE = `
apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata:
  name: small-pd
  annotations:
    k8s.v1.cni.cncf.io/networks: roce
spec:
  model:
    uri: hf://example/small
    name: example/small
  replicas: 1
  router: { route: {}, gateway: {}, scheduler: {} }
  template:
    containers:
      - name: main
        image: example.com/vllm:1
        env:
          - { name: VLLM_ADDITIONAL_ARGS, value: --max-model-len=4096 }
        resources:
          limits: { nvidia.com/gpu: "1", rdma/roce_gdr: "1" }
          requests: { nvidia.com/gpu: "1", rdma/roce_gdr: "1" }
  prefill:
    replicas: 2
    template:
      containers:
        - name: main
          image: example.com/vllm:1
          resources:
            limits: { nvidia.com/gpu: "1", rdma/roce_gdr: "1" }
            requests: { nvidia.com/gpu: "1", rdma/roce_gdr: "1" }
`;
