import { createRouteRef } from '@backstage/core-plugin-api';

/** Route of the fleet page. Works in both frontend systems. @public */
export const fleetRouteRef = createRouteRef({ id: 'llm-inference' });
