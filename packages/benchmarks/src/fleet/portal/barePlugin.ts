import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';
import Router from 'express-promise-router';

const permission = createPermission({
  name: 'bare.read',
  attributes: { action: 'read' },
});

/**
 * The floor: what an authenticated route of Backstage costs that does nothing, and one that asks for one
 * permission and then does nothing.
 */
export const barePlugin = createBackendPlugin({
  pluginId: 'bare',
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
      },
      async init({ httpAuth, httpRouter, permissions }) {
        const router = Router();
        router.get('/nothing', async (request, response) => {
          await httpAuth.credentials(request);
          response.json({});
        });
        router.get('/permitted', async (request, response) => {
          const credentials = await httpAuth.credentials(request);
          await permissions.authorize([{ permission }], { credentials });
          response.json({});
        });
        httpRouter.use(router);
      },
    });
  },
});
