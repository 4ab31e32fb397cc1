/** Which start script: the engine of a pool that decodes, prefills, or does both. */
export type EnginePort = 8000 | 8001;

/**
 * Start script of an engine container, as the presets have it: it looks for RoCE devices when asked
 * to, and ends in an `eval`, for which reason JSON in VLLM_ADDITIONAL_ARGS needs quotes of its own.
 * It names the KV transfer flag itself, in a comment and in a test, without setting it.
 */
export function startScript(port: EnginePort, tensorParallel: string): string {
  return `if [ "$KSERVE_INFER_ROCE" = "true" ]; then
  echo "Trying to infer RoCE configs ... "
  active_hcas=""
  for hca in /sys/class/infiniband/mlx5_*; do
    if grep -q ACTIVE "$hca/ports/1/state" && grep -qs "\${KSERVE_INFER_IB_GID_INDEX_GREP:-RoCE v2}" "$hca"/ports/1/gid_attrs/types/*; then
      echo "[Infer RoCE] Found active HCA: $(basename "$hca")"
      active_hcas="\${active_hcas:+$active_hcas,}$(basename "$hca")"
    fi
  done
  if [ -n "$active_hcas" ]; then
    export NCCL_IB_HCA="\${NCCL_IB_HCA:-$active_hcas}"
    export UCX_NET_DEVICES="\${UCX_NET_DEVICES:-\${active_hcas//,/:1,}:1}"
    echo "[Infer RoCE] UCX_NET_DEVICES=$UCX_NET_DEVICES"
  else
    echo "[Infer RoCE] WARNING: No active RoCE HCAs found. NCCL_IB_HCA will not be set."
  fi
fi
ACCESS_LOG_ARGS="--disable-access-log-for-endpoints /health,/metrics,/ping"
SHUTDOWN_TIMEOUT_ARGS="--shutdown-timeout 45"
# --kv-transfer-config with OffloadingConnector needs a recent engine.
KV_TRANSFER_ARGS=""
if [[ "\${VLLM_ADDITIONAL_ARGS:-}" != *"--kv-transfer-config"* ]] && [[ "\${VLLM_ADDITIONAL_ARGS:-}" != *"--kv_transfer_config"* ]] && [[ "$*" != *"--kv-transfer-config"* ]] && [[ "$*" != *"--kv_transfer_config"* ]]; then
  KV_TRANSFER_ARGS=""
fi
eval "exec vllm serve /mnt/models --served-model-name "{{ .Spec.Model.Name }}" "publishers/{{ .ObjectMeta.Namespace }}/models/{{ .Spec.Model.Name }}" --port ${port} \${ACCESS_LOG_ARGS} \${SHUTDOWN_TIMEOUT_ARGS} \${KV_TRANSFER_ARGS} ${tensorParallel}\${VLLM_ADDITIONAL_ARGS} $@"
`;
}
