import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  ServiceList,
  ServiceListQuery,
  ServiceSummary,
  Verdict,
} from 'backstage-plugin-llm-inference-common';

const DEFAULT_LIMIT = 50;

type Compare = (a: ServiceSummary, b: ServiceSummary) => number;

const byName: Compare = (a, b) =>
  a.service.name.localeCompare(b.service.name) ||
  a.service.namespace.localeCompare(b.service.namespace) ||
  a.service.cluster.localeCompare(b.service.cluster);

const COMPARE: Record<NonNullable<ServiceListQuery['sort']>, Compare> = {
  // Ascending puts first what needs a person first.
  verdict: (a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict),
  name: byName,
  cluster: (a, b) => a.service.cluster.localeCompare(b.service.cluster),
  model: (a, b) =>
    (a.model?.name ?? a.model?.uri ?? '').localeCompare(
      b.model?.name ?? b.model?.uri ?? '',
    ),
};

/** Filters, counts, sorts and cuts the rows that the caller may see. */
export function listServices(
  rows: ServiceSummary[],
  query: ServiceListQuery,
): Omit<ServiceList, 'clusters'> {
  const matching = rows.filter(row => matches(row, query));
  const counted = new Map<Verdict, number>();
  for (const { verdict } of matching) {
    counted.set(verdict, (counted.get(verdict) ?? 0) + 1);
  }
  // In one order, whichever service was judged first: equal lists are equal texts, in every replica.
  const counts: ServiceList['counts'] = Object.fromEntries(
    VERDICTS.filter(verdict => counted.has(verdict)).map(verdict => [
      verdict,
      counted.get(verdict),
    ]),
  );
  const wanted = query.verdict?.length
    ? matching.filter(({ verdict }) => query.verdict?.includes(verdict))
    : matching;
  const direction = query.order === 'desc' ? -1 : 1;
  const compare = COMPARE[query.sort ?? 'verdict'];
  wanted.sort((a, b) => direction * compare(a, b) || byName(a, b));
  const offset = query.offset ?? 0;
  return {
    items: wanted.slice(offset, offset + (query.limit ?? DEFAULT_LIMIT)),
    total: wanted.length,
    counts,
  };
}

function matches(row: ServiceSummary, query: ServiceListQuery): boolean {
  const { cluster, namespace, name } = row.service;
  const model = row.model?.name ?? row.model?.uri ?? '';
  const text = query.text?.trim().toLowerCase();
  return (
    (!query.cluster?.length || query.cluster.includes(cluster)) &&
    (!query.owner?.length || query.owner.includes(row.owner ?? '')) &&
    (!query.model?.length || query.model.includes(model)) &&
    (!text ||
      [
        name,
        namespace,
        cluster,
        model,
        row.model?.uri,
        row.entityRef,
        row.owner,
      ]
        .filter(value => value !== undefined)
        .some(value => value.toLowerCase().includes(text)))
  );
}
