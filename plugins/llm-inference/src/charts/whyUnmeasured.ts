import type {
  ServicePart,
  ServingHealth,
  UnmeasuredPod,
} from 'backstage-plugin-llm-inference-common';

/** Pods that cannot be measured for one reason. */
export interface UnmeasuredReason extends Omit<UnmeasuredPod, 'pod'> {
  pods: string[];
}

/** The reasons why pods are not measured, in the words that `say` finds for them, each once. */
export function unmeasuredReasons(
  unmeasured: readonly UnmeasuredPod[],
  say: (pod: UnmeasuredPod) => string,
): UnmeasuredReason[] {
  const reasons = new Map<string, UnmeasuredReason>();
  for (const one of unmeasured) {
    const { pod, problem } = one;
    const message = say(one);
    const reason = reasons.get(`${problem} ${message}`);
    if (reason) {
      reason.pods.push(pod);
    } else {
      reasons.set(`${problem} ${message}`, { problem, message, pods: [pod] });
    }
  }
  return [...reasons.values()];
}

/** The pod because of which a part of the service is not measured; undefined where it is, or where nobody knows. */
export function whyUnmeasured(
  parts: readonly ServicePart[],
  unmeasured: readonly UnmeasuredPod[],
  { pools }: Pick<ServingHealth, 'pools'>,
): UnmeasuredPod | undefined {
  const partOf = (pod: string): ServicePart => {
    const isIn = (pool: 'decode' | 'prefill') =>
      pools[pool]?.pods.some(({ name }) => name === pod);
    if (isIn('decode')) return 'decode';
    return isIn('prefill') ? 'prefill' : 'scheduler';
  };
  return unmeasured.find(({ pod }) => parts.includes(partOf(pod)));
}
