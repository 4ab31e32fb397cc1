import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { fleetRouteRef } from '../routes';

export const fleetPage = PageBlueprint.make({
  params: {
    path: '/llm-inference',
    routeRef: fleetRouteRef,
    loader: () => import('../fleet/FleetPage').then(m => <m.FleetPage />),
  },
});
