import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { z } from 'zod';
import { CHANGE_TEMPLATE } from '../remedy/changeTemplate';
import { namesService } from './entityCards';

export const servingContent = EntityContentBlueprint.makeWithOverrides({
  name: 'serving',
  configSchema: {
    maxPods: z.number().int().positive().default(200),
    links: z
      .array(z.object({ title: z.string(), url: z.string() }))
      .default([]),
    changeTemplate: z.string().default(CHANGE_TEMPLATE),
  },
  factory: (originalFactory, { config }) =>
    originalFactory({
      path: '/serving',
      title: 'Serving',
      group: 'deployment',
      filter: namesService,
      loader: () =>
        import('../tab/EntityServingContent').then(m => (
          <m.EntityServingContent
            maxPods={config.maxPods}
            links={config.links}
            changeTemplate={config.changeTemplate}
          />
        )),
    }),
});
