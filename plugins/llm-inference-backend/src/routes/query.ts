import type { Request } from 'express';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { VERDICTS } from 'backstage-plugin-llm-inference-common';
import type {
  PodLogQuery,
  ServiceListQuery,
  ValidateRequest,
} from 'backstage-plugin-llm-inference-common';

/** A parameter that may be given once or several times. */
const many = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(100).optional(),
  );

const text = z.string().max(256);

const listQuery = z.strictObject({
  text: text.optional(),
  verdict: many(z.enum(VERDICTS)),
  cluster: many(text),
  owner: many(text),
  model: many(text),
  sort: z.enum(['verdict', 'name', 'cluster', 'model']).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
});

const streamQuery = z.strictObject({
  entityRef: many(
    z
      .string()
      .max(512)
      .regex(
        /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/,
        'must be a full entity reference like component:default/name',
      ),
  ),
  fleet: z.enum(['true', 'false']).optional(),
});

/** Reads the query of the fleet list; throws an InputError that names the parameter. */
export function parseListQuery(query: Request['query']): ServiceListQuery {
  return parse(listQuery, query);
}

/** Reads the query of the stream; references are brought to the catalog's lower case. */
export function parseStreamQuery(query: Request['query']): {
  entityRefs: string[];
  fleet: boolean;
} {
  const { entityRef, fleet } = parse(streamQuery, query);
  return {
    entityRefs: [
      ...new Set((entityRef ?? []).map(ref => ref.toLocaleLowerCase('en-US'))),
    ],
    fleet: fleet === 'true',
  };
}

const instant = z.iso
  .datetime({ offset: true, error: 'must be a time like 2026-11-22T10:00:00Z' })
  .transform(value => Date.parse(value));

const timelineQuery = z.strictObject({
  from: instant.optional(),
  until: instant.optional(),
});

const transitionsQuery = z.strictObject({
  from: instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const DAY_MS = 86_400_000;

/** Reads the window of a timeline: the last day where nothing is said; times in milliseconds. */
export function parseTimelineQuery(
  query: Request['query'],
  now: number,
): { from: number; until: number } {
  const asked = parse(timelineQuery, query);
  const until = Math.min(asked.until ?? now, now);
  const from = asked.from ?? until - DAY_MS;
  if (from >= until) throw new InputError('from: must be before until');
  return { from, until };
}

/** Reads the query of the latest transitions. */
export function parseTransitionsQuery(
  query: Request['query'],
  now: number,
): { from: number; limit: number } {
  const { from = now - 7 * DAY_MS, limit } = parse(transitionsQuery, query);
  return { from, limit };
}

const metricsQuery = z.strictObject({ from: instant.optional() });

/** Reads the query of the metrics: from when on; as far as they are kept where absent. */
export function parseMetricsQuery(query: Request['query']): { from: number } {
  const { from = 0 } = parse(metricsQuery, query);
  return { from };
}

const logQuery = z.strictObject({
  container: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must name a container'),
  tailLines: z.coerce.number().int().min(1).max(5_000).optional(),
  follow: z.enum(['true', 'false']).optional(),
  previous: z.enum(['true', 'false']).optional(),
});

/** Reads the query of a log. */
export function parseLogQuery(query: Request['query']): PodLogQuery {
  const { follow, previous, ...rest } = parse(logQuery, query);
  return { ...rest, follow: follow === 'true', previous: previous === 'true' };
}

const catalogQuery = z.strictObject({
  after: z.string().max(1_024).default(''),
});

/** Reads the query of the catalog's list: the key of the last service that the caller has. */
export function parseCatalogQuery(query: Request['query']): { after: string } {
  return parse(catalogQuery, query);
}

const modelQuery = z.strictObject({ uri: z.string().max(500) });

/** Reads the query for the numbers of a model. */
export function parseModelQuery(query: Request['query']): { uri: string } {
  return parse(modelQuery, query);
}

const validateBody = z.strictObject({
  manifests: z.string().max(1_000_000, 'must be at most 1,000,000 characters'),
  cluster: text.optional(),
  dryRun: z.boolean().optional(),
});

/** Reads the body of a validation. */
export function parseValidateBody(body: unknown): ValidateRequest {
  return parse(validateBody, body ?? {});
}

/** Reads a value against a schema; throws an InputError that names the field and what is expected. */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue.path.join('.') || 'request';
  throw new InputError(`${field}: ${issue.message}`);
}
