import { z } from 'zod/v4';
import { NotRendered } from './NotRendered';

const target = z.strictObject({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
});

const patch = z.strictObject({
  path: z.string().optional(),
  patch: z.string().optional(),
  target: target.optional(),
  options: z.unknown().optional(),
});

const texts = z.record(z.string(), z.string());

const schema = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.literal('Kustomization').optional(),
  metadata: z.unknown().optional(),
  resources: z.array(z.string()).default([]),
  bases: z.array(z.string()).default([]),
  namespace: z.string().optional(),
  namePrefix: z.string().default(''),
  nameSuffix: z.string().default(''),
  commonLabels: texts.default({}),
  commonAnnotations: texts.default({}),
  labels: z.array(z.looseObject({ pairs: texts.default({}) })).default([]),
  patches: z.array(patch).default([]),
  patchesStrategicMerge: z.array(z.string()).default([]),
  patchesJson6902: z.array(patch).default([]),
  // These make or change other kinds of objects only.
  configMapGenerator: z.unknown().optional(),
  secretGenerator: z.unknown().optional(),
  generatorOptions: z.unknown().optional(),
  replicas: z.unknown().optional(),
  sortOptions: z.unknown().optional(),
});

/** The part of a kustomization that is read; every path in it is relative to its folder. */
export type Kustomization = z.infer<typeof schema>;

/** One patch of a kustomization. */
export type KustomizationPatch = z.infer<typeof patch>;

/** What a patch is for. */
export type PatchTarget = z.infer<typeof target>;

/** Reads a kustomization. Throws {@link NotRendered} that names the first field that is not read here. */
export function parseKustomization(
  value: unknown,
  path: string,
): Kustomization {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue.path.join('.');
  throw new NotRendered(
    issue.code === 'unrecognized_keys'
      ? `${path} uses ${[...issue.path, issue.keys[0]].join(
          '.',
        )}, which the portal does not render`
      : `${path}: ${at || 'the file'} is not as kustomize wants it`,
  );
}
