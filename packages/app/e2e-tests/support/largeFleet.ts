import type {
  ServiceList,
  ServiceSummary,
  Verdict,
} from 'backstage-plugin-llm-inference-common';
import type { Answer } from './scriptedBackend';

/** A fleet of many services after the pattern of a few, which answers queries as the backend does. */
export function largeFleet(
  { items: patterns, clusters }: ServiceList,
  size: number,
) {
  const services = Array.from({ length: size }, (_, index): ServiceSummary => {
    const pattern = patterns[index % patterns.length];
    const name = `${pattern.service.name}-${String(index).padStart(4, '0')}`;
    return { ...pattern, service: { ...pattern.service, name } };
  });
  return (query: URLSearchParams): Answer => {
    const among = (name: string, value: string | undefined) =>
      !query.has(name) || query.getAll(name).includes(value ?? '');
    const matching = services.filter(
      ({ service, owner, model }) =>
        service.name.includes(query.get('text') ?? '') &&
        among('cluster', service.cluster) &&
        among('owner', owner) &&
        among('model', model?.name ?? model?.uri),
    );
    const counts: Partial<Record<Verdict, number>> = {};
    for (const { verdict } of matching) {
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    const wanted = matching.filter(({ verdict }) => among('verdict', verdict));
    if (query.get('sort') === 'name') {
      wanted.sort((a, b) => a.service.name.localeCompare(b.service.name));
      if (query.get('order') === 'desc') wanted.reverse();
    }
    const offset = Number(query.get('offset') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const body: ServiceList = {
      items: wanted.slice(offset, offset + limit),
      total: wanted.length,
      counts,
      clusters,
    };
    return { body };
  };
}
