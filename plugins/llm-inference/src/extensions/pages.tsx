import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { fleetRouteRef } from '../routes';

export const fleetPage = PageBlueprint.makeWithOverrides({
  factory: (originalFactory, { config, node }) =>
    originalFactory({
      path: '/llm-inference',
      routeRef: fleetRouteRef,
      // The header that a page gets by itself has one title for every language.
      noHeader: true,
      loader: () =>
        import('../fleet/FleetPageLayout').then(m => (
          <m.FleetPageLayout
            title={config.title}
            icon={node.spec.plugin.icon}
            pluginId={node.spec.plugin.pluginId}
          />
        )),
    }),
});
