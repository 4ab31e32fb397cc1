import { readSchedulerServiceTaskScheduleDefinitionFromConfig } from '@backstage/backend-plugin-api';
import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';

/** Fields of an entity that the resource in the cluster may decide. */
export const RULED_FIELDS = [
  'owner',
  'system',
  'lifecycle',
  'title',
  'description',
  'tags',
] as const;

export type RuledField = (typeof RULED_FIELDS)[number];

const sourceSchema = z
  .union([
    z.strictObject({ annotation: z.string().min(1) }),
    z.strictObject({ label: z.string().min(1) }),
  ])
  .describe('one of annotation and label');

/** Where a value is read from; exactly one of both. */
export type Source = z.infer<typeof sourceSchema>;

const schema = z.object({
  schedule: z.unknown().optional(),
  defaults: z
    .object({
      owner: z.string().min(1).default('unknown'),
      system: z.string().min(1).optional(),
      lifecycle: z.string().min(1).default('production'),
    })
    .prefault({}),
  rules: z
    .partialRecord(z.enum(RULED_FIELDS), z.array(sourceSchema))
    .default({}),
});

/** Settings under `catalog.providers.llmInference`; `config.d.ts` describes each. */
export interface ProviderConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  defaults: { owner: string; system?: string; lifecycle: string };
  /** Sources in order of preference. */
  rules: Record<RuledField, Source[]>;
}

const KEY = 'catalog.providers.llmInference';

/** A full round every five minutes: changes come by event, this is what finds what an event has missed. */
const SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 5 },
  scope: 'global',
};

/** Reads the settings. Throws an InputError that names the wrong key. */
export function readProviderConfig(root: Config): ProviderConfig {
  const config = root.getOptionalConfig(KEY);
  const result = schema.safeParse(config?.get() ?? {});
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(
      `Invalid configuration: ${[KEY, ...path].join(
        '.',
      )} is not valid: ${message}. Correct it in app-config.yaml.`,
    );
  }
  const { defaults, rules } = result.data;
  return {
    schedule: config?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : SCHEDULE,
    defaults,
    rules: Object.fromEntries(
      RULED_FIELDS.map(field => [field, rules[field] ?? ownSource(field)]),
    ) as Record<RuledField, Source[]>,
  };
}

/** What the resource says about its entity where nothing is configured. */
function ownSource(field: RuledField): Source[] {
  return [{ annotation: `llm-inference.backstage.io/${field}` }];
}
