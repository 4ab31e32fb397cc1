import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** Route of the fleet page. Works in both frontend systems. @public */
export const fleetRouteRef = createRouteRef({ id: 'llm-inference' });

/** The form of a software template; the plugin links to the one that changes a service. @public */
export const templateRouteRef = createExternalRouteRef({
  id: 'llm-inference.template',
  optional: true,
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
