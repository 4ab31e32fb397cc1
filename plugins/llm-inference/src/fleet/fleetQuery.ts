import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  ServiceListQuery,
  Verdict,
} from 'backstage-plugin-llm-inference-common';

/** Rows on one page of the fleet. */
export const PAGE_SIZES = [25, 50, 100, 200];

const SORTS = ['verdict', 'name', 'cluster', 'model'] as const;

/**
 * What the fleet page shows, read from the address of the page, so that a view can be shared and the
 * back button works. What is not understood is left out.
 */
export function queryFromParams(params: URLSearchParams): ServiceListQuery {
  const sort = SORTS.find(each => each === params.get('sort'));
  const limit = Number(params.get('limit'));
  const offset = Number(params.get('offset'));
  return {
    text: params.get('text') ?? undefined,
    verdict: params
      .getAll('verdict')
      .filter((value): value is Verdict =>
        (VERDICTS as readonly string[]).includes(value),
      ),
    cluster: params.getAll('cluster'),
    owner: params.getAll('owner'),
    model: params.getAll('model'),
    sort: sort ?? 'verdict',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    limit: PAGE_SIZES.includes(limit) ? limit : 50,
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
  };
}

/** The address of a view; what is as it always starts is left out. */
export function paramsFromQuery(query: ServiceListQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.text) {
    params.set('text', query.text);
  }
  for (const key of ['verdict', 'cluster', 'owner', 'model'] as const) {
    query[key]?.forEach(value => params.append(key, value));
  }
  if (query.sort && query.sort !== 'verdict') {
    params.set('sort', query.sort);
  }
  if (query.order === 'desc') {
    params.set('order', 'desc');
  }
  if (query.limit && query.limit !== 50) {
    params.set('limit', String(query.limit));
  }
  if (query.offset) {
    params.set('offset', String(query.offset));
  }
  return params;
}

/** Whether a view is narrowed down. */
export function isFiltered(query: ServiceListQuery): boolean {
  return Boolean(
    query.text ||
      query.verdict?.length ||
      query.cluster?.length ||
      query.owner?.length ||
      query.model?.length,
  );
}
