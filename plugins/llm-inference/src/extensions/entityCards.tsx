import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { z } from 'zod';
import { CHANGE_TEMPLATE } from '../remedy/changeTemplate';

/** Everything that names a service. */
export const namesService = {
  [`metadata.annotations.${SERVICE_ANNOTATION}`]: { $exists: true },
};

export const servingCard = EntityCardBlueprint.makeWithOverrides({
  name: 'serving',
  configSchema: {
    maxPods: z.number().int().positive().default(60),
    changeTemplate: z.string().default(CHANGE_TEMPLATE),
  },
  factory: (originalFactory, { config }) =>
    originalFactory({
      type: 'content',
      filter: namesService,
      loader: () =>
        import('../card/EntityServingCard').then(m => (
          <m.EntityServingCard
            maxPods={config.maxPods}
            changeTemplate={config.changeTemplate}
          />
        )),
    }),
});

export const modelServicesCard = EntityCardBlueprint.make({
  name: 'model-services',
  params: {
    type: 'content',
    filter: { kind: 'resource', 'spec.type': 'ai-model' },
    loader: () =>
      import('../related/RelatedServicesCard').then(m => (
        <m.RelatedServicesCard />
      )),
  },
});

export const systemServicesCard = EntityCardBlueprint.make({
  name: 'system-services',
  params: {
    type: 'content',
    filter: { kind: 'system' },
    loader: () =>
      import('../related/RelatedServicesCard').then(m => (
        <m.RelatedServicesCard />
      )),
  },
});
