/**
 * Runs the real Kubernetes plugin over one cluster, in a process of its own: it loads its client by `import()`,
 * which Jest cannot do. `node --require … kubernetesPlugin.ts <url of the cluster> <token>` says its own URL, and
 * ends with its standard input.
 */
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';

const [url, token] = process.argv.slice(2);

/** Plays the cloud: the Kubernetes plugin alone knows how to get at the cluster. */
const cloudCredentials = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'cloud-credentials',
  register({ registerInit }) {
    registerInit({
      deps: { auth: kubernetesAuthStrategyExtensionPoint },
      init: async ({ auth }) =>
        auth.addAuthStrategy('aws', {
          getCredential: async () => ({ type: 'bearer token', token }),
          validateCluster: () => [],
          presentAuthMetadata: () => ({}),
        }),
    });
  },
});

async function run() {
  const backend = await startTestBackend({
    features: [
      kubernetesPlugin,
      cloudCredentials,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'gpu-east',
                    url,
                    authProvider: 'aws',
                    skipTLSVerify: true,
                  },
                ],
              },
            ],
          },
        },
      }),
    ],
  });
  process.stdout.write(
    `ready http://localhost:${backend.server.port()}/api/kubernetes\n`,
  );
  process.stdin.resume();
  process.stdin.once('end', () => process.exit(0));
}

void run();
