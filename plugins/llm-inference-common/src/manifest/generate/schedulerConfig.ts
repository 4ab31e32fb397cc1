import type { PdServiceSpec } from '../spec/PdServiceSpec';

/**
 * A configuration of the endpoint picker that splits only prompts with enough uncached tokens, or undefined for
 * KServe's own, which splits every one. Apart from the decider it is KServe's own.
 */
export function schedulerConfig(
  spec: PdServiceSpec,
): Record<string, unknown> | undefined {
  const tokens = spec.router.splitAboveUncachedTokens;
  if (tokens === undefined) return undefined;
  const lora = spec.model.lora
    ? [{ pluginRef: 'lora-affinity-scorer', weight: 4 }]
    : [];
  return {
    apiVersion: 'llm-d.ai/v1alpha1',
    kind: 'EndpointPickerConfig',
    plugins: [
      { type: 'disagg-headers-handler' },
      { type: 'prefill-filter' },
      { type: 'decode-filter' },
      { type: 'queue-scorer' },
      { type: 'kv-cache-utilization-scorer' },
      { type: 'active-request-scorer' },
      { type: 'prefix-cache-scorer' },
      { type: 'max-score-picker' },
      {
        type: 'prefix-based-pd-decider',
        parameters: { nonCachedTokens: tokens },
      },
      {
        type: 'disagg-profile-handler',
        parameters: { deciders: { prefill: 'prefix-based-pd-decider' } },
      },
      ...(spec.model.lora ? [{ type: 'lora-affinity-scorer' }] : []),
    ],
    schedulingProfiles: [
      {
        name: 'prefill',
        plugins: [
          { pluginRef: 'prefill-filter' },
          ...lora,
          { pluginRef: 'prefix-cache-scorer', weight: 3 },
          { pluginRef: 'queue-scorer', weight: 2 },
          { pluginRef: 'kv-cache-utilization-scorer', weight: 2 },
          { pluginRef: 'max-score-picker' },
        ],
      },
      {
        name: 'decode',
        plugins: [
          { pluginRef: 'decode-filter' },
          ...lora,
          { pluginRef: 'active-request-scorer', weight: 2 },
          { pluginRef: 'prefix-cache-scorer', weight: 3 },
          { pluginRef: 'max-score-picker' },
        ],
      },
    ],
  };
}
