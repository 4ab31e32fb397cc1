import { z } from 'zod/v4';

const serviceRefSchema = z.object({
  cluster: z.string().min(1),
  namespace: z.string().min(1),
  name: z.string().min(1),
});

const stringMap = z.record(z.string(), z.string());

const serviceFactsSchema = z.object({
  service: serviceRefSchema,
  claimedEntity: z.string().optional(),
  disaggregated: z.boolean(),
  stopped: z.boolean(),
  model: z
    .object({ uri: z.string().optional(), name: z.string().optional() })
    .optional(),
  endpoints: z.array(
    z.object({
      name: z.string().optional(),
      url: z.string(),
      models: z.array(z.string()),
    }),
  ),
  labels: stringMap,
  annotations: stringMap,
});

const servicesChangedSchema = z.object({
  changed: z.array(serviceFactsSchema),
  removed: z.array(serviceRefSchema),
});

const servicesPageSchema = z.object({
  items: z.array(serviceFactsSchema),
  next: z.string().optional(),
  clusters: z.array(z.object({ name: z.string(), complete: z.boolean() })),
  complete: z.boolean(),
});

/**
 * What the catalog needs to know of a service in a cluster: nothing of its readiness, so that it changes seldom.
 * `claimedEntity` is the entity that the service says it belongs to, as a full reference in lower case;
 * `labels` and `annotations` are those of the LLMInferenceService.
 *
 * @public
 */
export type ServiceFacts = z.infer<typeof serviceFactsSchema>;

/**
 * Payload of the topic {@link SERVICES_CHANGED_TOPIC}. `removed` names services that a cluster was seen to
 * have no longer; a cluster that cannot be read removes nothing.
 *
 * @public
 */
export type ServicesChanged = z.infer<typeof servicesChangedSchema>;

/**
 * One page of `GET /api/llm-inference/v1/catalog/services`, which only other backend plugins may read. `next`
 * is the `after` of the next page. A cluster is `complete` where a service that is not in the list does not
 * exist; the list of clusters is `complete` where one that is not in it is no longer configured.
 *
 * @public
 */
export type ServicesPage = z.infer<typeof servicesPageSchema>;

/**
 * Topic on which the `llm-inference` backend tells of services that appeared, changed for the catalog or went
 * away, with up to 100 services per event. Every replica of the backend tells; receivers must be idempotent.
 *
 * @public
 */
export const SERVICES_CHANGED_TOPIC = 'llm-inference.services-changed';

/** Reads the payload of an event. Throws a ZodError that names the wrong field. @public */
export function parseServicesChanged(payload: unknown): ServicesChanged {
  return servicesChangedSchema.parse(payload);
}

/** Reads the answer of the backend. Throws a ZodError that names the wrong field. @public */
export function parseServicesPage(body: unknown): ServicesPage {
  return servicesPageSchema.parse(body);
}
