import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import { entityStatus, service } from '../../__testUtils__/services';
import { ScriptedApi } from '../../__testUtils__/ScriptedApi';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { ImpactField } from './ImpactField';

const REF = 'component:default/qwen';

function renderImpact(consumer: boolean) {
  const client = new ScriptedApi();
  client.entities.set(REF, entityStatus([service()]));
  const props = {
    onChange: () => undefined,
    formContext: { formData: { entityRef: REF } },
  } as unknown as FieldExtensionComponentProps<boolean>;
  renderInTestApp(<ImpactField {...props} />, {
    apis: [
      [llmInferenceApiRef, client],
      [
        catalogApiRef,
        catalogApiMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'qwen', namespace: 'default' },
              relations: [
                { type: 'providesApi', targetRef: 'api:default/qwen' },
              ],
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'API',
              metadata: { name: 'qwen', namespace: 'default' },
              relations: consumer
                ? [
                    {
                      type: 'apiConsumedBy',
                      targetRef: 'component:default/search',
                    },
                  ]
                : [],
            },
          ],
        }),
      ],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('ImpactField', () => {
  it('says how the service serves and that nobody says they use it', async () => {
    renderImpact(false);
    expect(await screen.findByText(/: Healthy\. /)).toBeVisible();
    expect(
      screen.getByText('No entity says that it uses this service.'),
    ).toBeVisible();
  });

  it('names who uses an API of the service', async () => {
    renderImpact(true);
    expect(
      await screen.findByText('1 entity says that it uses this service'),
    ).toBeVisible();
    expect(screen.getByText('search')).toBeVisible();
  });
});
