import { isRecord } from '../../cluster/json';
import { Pod, RESOURCES } from '../kinds';
import { addAmounts, amountsOf, parseQuantity } from '../nodes/quantities';
import { PlayContext } from '../PlayContext';
import { isActive } from './podState';

/** The API server refuses a pod; the message is its own. */
export class AdmissionError extends Error {}

/** The pod as the API server lets it in. @throws AdmissionError where it does not */
export function admitPod(context: PlayContext, pod: Pod): Pod {
  const refused = context.faults.refusal(pod);
  if (refused) {
    throw new AdmissionError(
      `pods "${shownName(pod)}" is forbidden: ${refused}`,
    );
  }
  checkQuota(context, pod);
  return context.faults.admitted(pod);
}

function checkQuota({ store }: PlayContext, pod: Pod): void {
  const { namespace } = pod.metadata;
  for (const quota of store.list(RESOURCES.resourceQuota, namespace)) {
    const hard = isRecord(quota.spec) ? quota.spec.hard : undefined;
    if (!isRecord(hard)) {
      continue;
    }
    const requested = quotaUsage([pod]);
    const used = quotaUsage(
      (store.list(RESOURCES.pod, namespace) as Pod[]).filter(isActive),
    );
    const exceeded = Object.entries(hard).filter(
      ([resource, limit]) =>
        (requested.get(resource) ?? 0) > 0 &&
        (requested.get(resource) ?? 0) + (used.get(resource) ?? 0) >
          parseQuantity(String(limit)),
    );
    if (exceeded.length > 0) {
      const list = (amount: (resource: string, limit: unknown) => unknown) =>
        exceeded
          .map(([resource, limit]) => `${resource}=${amount(resource, limit)}`)
          .join(',');
      throw new AdmissionError(
        `pods "${shownName(pod)}" is forbidden: exceeded quota: ${
          quota.metadata.name
        }, requested: ${list(r => requested.get(r) ?? 0)}, used: ${list(
          r => used.get(r) ?? 0,
        )}, limited: ${list((_r, limit) => limit)}`,
      );
    }
  }
}

function quotaUsage(pods: Pod[]): Map<string, number> {
  const usage = new Map<string, number>([['pods', pods.length]]);
  for (const pod of pods) {
    for (const container of pod.spec.containers) {
      const requests = amountsOf(container.resources?.requests);
      addAmounts(
        usage,
        new Map([...requests].map(([name, n]) => [`requests.${name}`, n])),
      );
      addAmounts(
        usage,
        new Map(
          [...amountsOf(container.resources?.limits)].map(([name, n]) => [
            `limits.${name}`,
            n,
          ]),
        ),
      );
    }
  }
  return usage;
}

function shownName(pod: Pod): string {
  return pod.metadata.name || `${pod.metadata.generateName}xxxxx`;
}
