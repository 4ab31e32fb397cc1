import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { onPaper } from './fields/onPaper';

export const profileField = FormFieldBlueprint.make({
  name: 'llm-profile',
  params: {
    field: async () => {
      const { ProfileField } = await import('./fields/ProfileField');
      return createFormField({
        name: 'LlmProfile',
        component: onPaper(ProfileField),
        schema: makeFieldSchema({ output: z => z.string() }),
      });
    },
  },
});

export const serviceNameField = FormFieldBlueprint.make({
  name: 'llm-service-name',
  params: {
    field: async () => {
      const [{ ServiceNameField }, { validateServiceName }] = await Promise.all(
        [
          import('./fields/ServiceNameField'),
          import('./fields/validateServiceName'),
        ],
      );
      return createFormField({
        name: 'LlmServiceName',
        component: onPaper(ServiceNameField),
        validation: validateServiceName,
        schema: makeFieldSchema({ output: z => z.string() }),
      });
    },
  },
});

export const modelField = FormFieldBlueprint.make({
  name: 'llm-model',
  params: {
    field: async () => {
      const [{ ModelField }, { validateModel }] = await Promise.all([
        import('./fields/ModelField'),
        import('./fields/validateModel'),
      ]);
      return createFormField({
        name: 'LlmModel',
        component: onPaper(ModelField),
        validation: validateModel,
        schema: makeFieldSchema({
          output: z =>
            z.object({
              uri: z.string().optional(),
              name: z.string().optional(),
            }),
        }),
      });
    },
  },
});

export const poolField = FormFieldBlueprint.make({
  name: 'llm-pool',
  params: {
    field: async () => {
      const { PoolField } = await import('./fields/PoolField');
      return createFormField({
        name: 'LlmPool',
        component: onPaper(PoolField),
        schema: makeFieldSchema({
          output: z =>
            z.object({
              replicas: z.number().optional(),
              parallelism: z
                .object({ tensor: z.number().optional() })
                .optional(),
            }),
          uiOptions: z =>
            z.object({ pool: z.enum(['prefill', 'decode']).optional() }),
        }),
      });
    },
  },
});

export const placeField = FormFieldBlueprint.make({
  name: 'llm-place',
  params: {
    field: async () => {
      const { PlaceField } = await import('./fields/PlaceField');
      return createFormField({
        name: 'LlmPlace',
        component: onPaper(PlaceField),
        schema: makeFieldSchema({
          output: z => z.string(),
          uiOptions: z =>
            z.object({ of: z.enum(['cluster', 'namespace']).optional() }),
        }),
      });
    },
  },
});

export const repositoryField = FormFieldBlueprint.make({
  name: 'llm-repository',
  params: {
    field: async () => {
      const [{ RepositoryField }, { validateRepository }] = await Promise.all([
        import('./fields/RepositoryField'),
        import('./fields/validateRepository'),
      ]);
      return createFormField({
        name: 'LlmRepository',
        component: onPaper(RepositoryField),
        validation: validateRepository,
        schema: makeFieldSchema({ output: z => z.string() }),
      });
    },
  },
});

export const previewField = FormFieldBlueprint.make({
  name: 'llm-preview',
  params: {
    field: async () => {
      const [{ PreviewField }, { validatePreview }] = await Promise.all([
        import('./preview/PreviewField'),
        import('./preview/validatePreview'),
      ]);
      return createFormField({
        name: 'LlmPreview',
        component: onPaper(PreviewField),
        validation: validatePreview,
        schema: makeFieldSchema({
          output: z => z.boolean(),
          uiOptions: z =>
            z.object({ repository: z.enum(['shared', 'own']).optional() }),
        }),
      });
    },
  },
});

export const impactField = FormFieldBlueprint.make({
  name: 'llm-impact',
  params: {
    field: async () => {
      const { ImpactField } = await import('./impact/ImpactField');
      return createFormField({
        name: 'LlmImpact',
        component: onPaper(ImpactField),
        schema: makeFieldSchema({ output: z => z.boolean() }),
      });
    },
  },
});

export const changeReasonField = FormFieldBlueprint.make({
  name: 'llm-change-reason',
  params: {
    field: async () => {
      const { ChangeReasonField } = await import('./change/ChangeReasonField');
      return createFormField({
        name: 'LlmChangeReason',
        component: onPaper(ChangeReasonField),
        schema: makeFieldSchema({
          output: z =>
            z.object({
              cause: z.string().optional(),
              pool: z.string().optional(),
              title: z.string().optional(),
              evidence: z.array(z.string()).optional(),
            }),
        }),
      });
    },
  },
});

export const replicasField = FormFieldBlueprint.make({
  name: 'llm-change-replicas',
  params: {
    field: async () => {
      const [{ ReplicasField }, { validateChangeField }] = await Promise.all([
        import('./change/ReplicasField'),
        import('./change/validateChangeField'),
      ]);
      return createFormField({
        name: 'LlmChangeReplicas',
        component: onPaper(ReplicasField),
        validation: validateChangeField,
        schema: makeFieldSchema({
          output: z => z.number(),
          uiOptions: z => z.object({ of: z.string().optional() }),
        }),
      });
    },
  },
});

export const imageField = FormFieldBlueprint.make({
  name: 'llm-change-image',
  params: {
    field: async () => {
      const [{ ImageField }, { validateChangeField }] = await Promise.all([
        import('./change/ImageField'),
        import('./change/validateChangeField'),
      ]);
      return createFormField({
        name: 'LlmChangeImage',
        component: onPaper(ImageField),
        validation: validateChangeField,
        schema: makeFieldSchema({
          output: z => z.string(),
          uiOptions: z => z.object({ of: z.string().optional() }),
        }),
      });
    },
  },
});

export const memoryField = FormFieldBlueprint.make({
  name: 'llm-change-memory',
  params: {
    field: async () => {
      const [{ MemoryField }, { validateChangeField }] = await Promise.all([
        import('./change/MemoryField'),
        import('./change/validateChangeField'),
      ]);
      return createFormField({
        name: 'LlmChangeMemory',
        component: onPaper(MemoryField),
        validation: validateChangeField,
        schema: makeFieldSchema({
          output: z => z.string(),
          uiOptions: z => z.object({ of: z.string().optional() }),
        }),
      });
    },
  },
});
