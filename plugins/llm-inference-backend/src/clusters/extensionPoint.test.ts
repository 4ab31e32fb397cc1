import { createBackendModule } from '@backstage/backend-plugin-api';
import { llmInferenceClustersExtensionPoint } from 'backstage-plugin-llm-inference-node';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';

describe('clusters of other suppliers', () => {
  it('are watched beside those of the configuration, which win by name', async () => {
    const [east, north] = [
      await FakeKubernetes.start(),
      await FakeKubernetes.start(),
    ];
    east.put(llmService('from-east'));
    north.put(llmService('from-north'));
    const supplied = (name: string) => ({
      name,
      url: north.url,
      credential: {
        read: async () => ({ type: 'bearer' as const, token: 'northern' }),
      },
    });
    const portal = await startPortal({
      clusters: { 'gpu-east': east },
      features: [
        createBackendModule({
          pluginId: 'llm-inference',
          moduleId: 'inventory',
          register(env) {
            env.registerInit({
              deps: { clusters: llmInferenceClustersExtensionPoint },
              async init({ clusters }) {
                clusters.addClusterSupplier({
                  getClusters: async () => {
                    throw new Error('inventory is away');
                  },
                });
                clusters.addClusterSupplier({
                  getClusters: async () => [
                    supplied('gpu-north'),
                    supplied('gpu-east'),
                    { name: 'dev', unsupported: 'it has no API' },
                  ],
                });
              },
            });
          },
        }),
      ],
    });
    const { body } = await eventually(
      () => portal.get('/v1/services'),
      answer => answer.body.total === 2,
    );
    expect(
      body.items.map(
        ({ service }: { service: { cluster: string; name: string } }) =>
          `${service.cluster}/${service.name}`,
      ),
    ).toEqual(['gpu-east/from-east', 'gpu-north/from-north']);
    expect(north.requests[0].authorization).toBe('Bearer northern');
    const clusters = await portal.get('/v1/clusters');
    expect(clusters.body.items).toContainEqual(
      expect.objectContaining({
        name: 'dev',
        state: 'Unsupported',
        message: 'it has no API',
      }),
    );
    await portal.stop();
    await east.stop();
    await north.stop();
  });
});
