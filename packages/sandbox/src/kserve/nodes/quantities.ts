import { PodSpec, ResourceList } from '../kinds';

const SUFFIXES: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A Kubernetes quantity as a number of its base unit (cores, bytes, pieces). */
export function parseQuantity(quantity: string | number): number {
  const match = /^([0-9.]+(?:e[0-9]+)?)([A-Za-z]*)$/.exec(
    String(quantity).trim(),
  );
  const factor = match ? SUFFIXES[match[2]] : undefined;
  if (!match || factor === undefined) {
    throw new Error(
      `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', got "${quantity}"`,
    );
  }
  return Number(match[1]) * factor;
}

/** Whether a resource is a device of some plugin, which comes in whole pieces and is never shared out. */
export function isExtended(resource: string): boolean {
  return resource.includes('/') && !resource.startsWith('kubernetes.io/');
}

/** Adds the second list of amounts to the first. */
export function addAmounts(
  total: Map<string, number>,
  amounts: Map<string, number>,
  factor = 1,
): void {
  for (const [resource, amount] of amounts) {
    total.set(resource, (total.get(resource) ?? 0) + factor * amount);
  }
}

/** What a pod asks of its node: its containers together, or the largest init container if that is more. */
export function podRequests(spec: PodSpec): Map<string, number> {
  const total = new Map<string, number>();
  for (const container of spec.containers) {
    addAmounts(total, amountsOf(container.resources?.requests));
  }
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container.resources?.requests);
    if (container.restartPolicy === 'Always') {
      addAmounts(total, amounts);
    } else {
      for (const [resource, amount] of amounts) {
        total.set(resource, Math.max(total.get(resource) ?? 0, amount));
      }
    }
  }
  total.set('pods', 1);
  return total;
}

/** Amounts of a resource list. */
export function amountsOf(list?: ResourceList): Map<string, number> {
  return new Map(
    Object.entries(list ?? {}).map(([resource, quantity]) => [
      resource,
      parseQuantity(quantity),
    ]),
  );
}
