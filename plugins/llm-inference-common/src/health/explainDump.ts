import { asList, asRecord, asText } from '../resource/unknown';
import { assessService } from './assessService';
import type { Observation } from './Observation';
import type { Cause, PoolHealth, ServingHealth } from './ServingHealth';

/** An observation to be assessed, made from what `kubectl get … -o yaml` printed. */
export interface DumpOptions {
  /** ISO time of the dump; its age decides what is still recent. */
  now: string;
  /** Shown as the cluster's name. */
  cluster?: string;
  namespace?: string;
  name?: string;
}

/**
 * Makes observations from the documents of a dump: single objects, Lists, or a whole observation with
 * `objects` of its own. One per LLMInferenceService in it, unless the options name one.
 *
 * @param documents - parsed YAML or JSON documents
 * @public
 */
export function observationsFromDump(
  documents: readonly unknown[],
  options: DumpOptions,
): Observation[] {
  const whole = documents.filter(
    document =>
      'objects' in asRecord(document) && 'service' in asRecord(document),
  );
  if (whole.length > 0) {
    return whole.map(document => {
      const observation = document as Observation;
      return { ...observation, now: observation.now ?? options.now };
    });
  }
  const objects = documents.flatMap(flattenLists) as Observation['objects'];
  const services = objects.filter(
    ({ kind, metadata }) =>
      kind === 'LLMInferenceService' &&
      (options.name === undefined || metadata?.name === options.name) &&
      (options.namespace === undefined ||
        metadata?.namespace === options.namespace),
  );
  return services.map(({ metadata }) => ({
    now: options.now,
    service: {
      cluster: options.cluster ?? '',
      namespace: metadata?.namespace ?? '',
      name: metadata?.name ?? '',
    },
    objects,
  }));
}

function flattenLists(document: unknown): unknown[] {
  const { kind, items } = asRecord(document);
  if (
    Array.isArray(items) &&
    (kind === undefined || /List$/.test(asText(kind) ?? ''))
  ) {
    return asList(items).flatMap(flattenLists);
  }
  return typeof document === 'object' && document !== null ? [document] : [];
}

/**
 * The health of a service as text for a terminal, for people without the portal.
 *
 * @public
 */
export function explainService(observation: Observation): string {
  return formatHealth(assessService(observation));
}

function formatHealth(health: ServingHealth): string {
  const { service, pools, kvTransfer, router } = health;
  const lines = [
    `${service.namespace}/${service.name}: ${health.verdict}`,
    `  ${health.summary}`,
    '',
  ];
  for (const [name, pool] of Object.entries(pools)) {
    lines.push(`  ${name.padEnd(10)} ${formatPool(pool)}`);
  }
  if (health.disaggregated) {
    lines.push(
      `  KV cache   ${kvTransfer.configuration}, fabric ${kvTransfer.fabric}, ${kvTransfer.effectiveness}`,
    );
  }
  lines.push(
    `  router     ${Object.entries(router)
      .map(([part, { state }]) => `${part} ${state}`)
      .join(', ')}`,
  );
  health.causes.forEach((cause, index) => {
    lines.push('', ...formatCause(cause, index + 1));
  });
  return `${lines.join('\n')}\n`;
}

function formatPool(pool: PoolHealth): string {
  const unit = pool.topology === 'MultiNode' ? 'groups' : 'replicas';
  return `${pool.ready ?? '?'} of ${pool.desired ?? '?'} ${unit} ready${
    pool.workload ? ` (${pool.workload})` : ''
  }`;
}

function formatCause(cause: Cause, number: number): string[] {
  const where = cause.pool ? ` · ${cause.pool}` : '';
  return [
    `  ${number}. ${cause.title}  [${cause.severity}${where} · ${cause.id}]`,
    `     ${cause.explanation}`,
    `     To do: ${cause.remedy}`,
    `     Concerns: ${cause.subjects.join(', ')}`,
    ...cause.evidence
      .slice(0, 3)
      .map(
        ({ object, quote, at }) =>
          `     Seen in ${object}${at ? ` at ${at}` : ''}: ${quote.replace(
            /\s+/g,
            ' ',
          )}`,
      ),
  ];
}
