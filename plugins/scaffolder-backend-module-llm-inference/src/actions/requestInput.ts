import type { z } from 'zod/v3';

type Z = typeof z;

/*
 * The shape only. What the values may be is decided by the core, which the form uses too, so that both refuse
 * the same things in the same words.
 */
const pool = (z: Z) =>
  z.object(
    {
      replicas: z.number().optional().describe('Number of replicas'),
      scaling: z
        .record(z.unknown())
        .optional()
        .describe('Scaling instead of a fixed number of replicas'),
      parallelism: z
        .record(z.unknown())
        .optional()
        .describe('tensor, pipeline, data, dataLocal, expert'),
      multiNode: z
        .boolean()
        .optional()
        .describe('One replica spans several nodes'),
      arguments: z
        .record(z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .describe('Allowed vLLM arguments of this pool, without dashes'),
    },
    { description: 'What a person decides about a pool' },
  );

/** What a person decides about a service, as the input of an action. */
export const requestInput = {
  profile: (z: Z) =>
    z.string({ description: 'Name of a profile in llmInference.profiles' }),
  name: (z: Z) =>
    z.string({
      description:
        'Name of the service: lower case letters, digits and dashes, at most 38 characters',
    }),
  namespace: (z: Z) =>
    z
      .string({ description: "Namespace; the profile's first where absent" })
      .optional(),
  cluster: (z: Z) =>
    z
      .string({ description: "Cluster; the profile's first where absent" })
      .optional(),
  otherClusters: (z: Z) =>
    z
      .array(
        z.object({
          cluster: z.string(),
          decodeReplicas: z.number().optional(),
          prefillReplicas: z.number().optional(),
        }),
        { description: 'Further clusters, each with an overlay of its own' },
      )
      .optional(),
  title: (z: Z) => z.string({ description: 'Title in the catalog' }).optional(),
  description: (z: Z) =>
    z.string({ description: 'Description in the catalog' }).optional(),
  owner: (z: Z) =>
    z.string({ description: 'Owner, one of the groups of the profile' }),
  system: (z: Z) => z.string({ description: 'System' }).optional(),
  lifecycle: (z: Z) =>
    z.string({ description: 'Lifecycle; experimental if absent' }).optional(),
  model: (z: Z) =>
    z.object(
      {
        uri: z.string().describe('hf://, s3://, pvc:// or oci://'),
        name: z
          .string()
          .optional()
          .describe('Name that clients ask for; from the URI where absent'),
        lora: z.record(z.unknown()).optional().describe('LoRA adapters'),
      },
      { description: 'The model' },
    ),
  engine: (z: Z) =>
    z
      .record(z.union([z.string(), z.number(), z.boolean()]), {
        description: 'Allowed vLLM arguments that both pools share',
      })
      .optional(),
  decode: pool,
  prefill: pool,
  kvTransfer: (z: Z) =>
    z
      .record(z.unknown(), {
        description: 'loadFailurePolicy and offloading of the KV cache',
      })
      .optional(),
  router: (z: Z) =>
    z
      .record(z.unknown(), {
        description: 'gateways, splitAboveUncachedTokens',
      })
      .optional(),
  pods: (z: Z) =>
    z
      .record(z.unknown(), {
        description:
          'image, startupBudgetSeconds, huggingFaceToken (the name of a Secret)',
      })
      .optional(),
  stopped: (z: Z) =>
    z.boolean({ description: 'Create the service without pods' }).optional(),
  repository: (z: Z) =>
    z
      .enum(['shared', 'own'], {
        description:
          "Where the manifests go: the profile's GitOps repository (shared, where absent), or a repository of their own",
      })
      .optional(),
  repoUrl: (z: Z) =>
    z
      .string({
        description:
          "The repository of its own, for example github.com?owner=platform&repo=qwen-pd; on the profile's host",
      })
      .optional(),
};

const EMPTY: unknown[] = ['', null, undefined, false];

/** Leaves out what a form left open; with `maps too`, also the maps of which nothing is left. */
export function dropEmpty(
  value: unknown,
  empty: unknown[] = EMPTY,
  maps?: 'maps too',
): unknown {
  if (Array.isArray(value)) {
    return value.map(item => dropEmpty(item, empty, maps));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !empty.includes(item))
      .map(([key, item]) => [key, dropEmpty(item, empty, maps)] as const)
      .filter(([, item]) => !maps || !isEmptyMap(item)),
  );
}

function isEmptyMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}

/** The request in an action's input: what a form leaves open arrives as an empty text or as false. */
export function requestOf<
  T extends { repository?: 'shared' | 'own'; repoUrl?: string },
>(input: T): Omit<T, 'repository' | 'repoUrl'> {
  const { repository: _, repoUrl: __, ...request } = input;
  return dropEmpty(request) as Omit<T, 'repository' | 'repoUrl'>;
}
