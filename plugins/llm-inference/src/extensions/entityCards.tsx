import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { SERVICE_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import { z } from 'zod';

/** Everything that names a service. */
export const namesService = {
  [`metadata.annotations.${SERVICE_ANNOTATION}`]: { $exists: true },
};

export const servingCard = EntityCardBlueprint.makeWithOverrides({
  name: 'serving',
  configSchema: {
    maxPods: z.number().int().positive().default(60),
  },
  factory: (originalFactory, { config }) =>
    originalFactory({
      type: 'content',
      filter: namesService,
      loader: () =>
        import('../card/EntityServingCard').then(m => (
          <m.EntityServingCard maxPods={config.maxPods} />
        )),
    }),
});
