import { translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { ServiceMetrics } from 'backstage-plugin-llm-inference-common';
import { screen } from '@testing-library/react';
import { germanTranslation } from '../../__testUtils__/german';
import { entityStatus, service } from '../../__testUtils__/services';
import { ScriptedApi } from '../../__testUtils__/ScriptedApi';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { ImpactField } from './ImpactField';

const REF = 'component:default/qwen';

/** A backend that knows of one service what it is told. */
class MeasuredApi extends ScriptedApi {
  constructor(readonly metrics: Partial<ServiceMetrics> | Error) {
    super();
    this.entities.set(REF, entityStatus([service()]));
  }

  override async getMetrics(): Promise<ServiceMetrics> {
    if (this.metrics instanceof Error) throw this.metrics;
    return {
      service: service().service,
      source: 'PodProxy',
      intervalSeconds: 10,
      windowSeconds: 60,
      times: [],
      series: [],
      unmeasured: [],
      ...this.metrics,
    };
  }
}

const BUSY: Partial<ServiceMetrics> = {
  times: ['2026-11-22T10:00:00Z'],
  series: [
    {
      id: 'requests-running',
      title: '',
      unit: 'requests',
      part: 'decode',
      values: [7],
    },
    {
      id: 'request-rate',
      title: '',
      unit: 'requests/s',
      part: 'decode',
      values: [1.2345],
    },
  ],
};

function renderImpact(
  consumer: boolean,
  client: ScriptedApi = new MeasuredApi(BUSY),
  translation = mockApis.translation(),
) {
  const props = {
    onChange: () => undefined,
    formContext: { formData: { entityRef: REF } },
  } as unknown as FieldExtensionComponentProps<boolean>;
  renderInTestApp(<ImpactField {...props} />, {
    apis: [
      [translationApiRef, translation],
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
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(
      screen.getByText('No entity says that it uses this service.'),
    ).toBeVisible();
  });

  it('says how it serves in the language of the portal', async () => {
    const client = new MeasuredApi(BUSY);
    client.entities.set(
      REF,
      entityStatus([
        service({
          verdict: 'Degraded',
          summary: '1 of 2 Prefill replicas ready',
          summaryParts: [
            {
              says: 'ready',
              words: { ready: '1', desired: '2', pool: 'prefill' },
            },
          ],
        }),
      ]),
    );
    renderImpact(false, client, germanTranslation());

    expect(
      await screen.findByText('1 von 2 Prefill-Replikaten bereit'),
    ).toBeVisible();
  });

  it('names who uses an API of the service', async () => {
    renderImpact(true);
    expect(
      await screen.findByText('1 entity says that it uses this service'),
    ).toBeVisible();
    expect(screen.getByText('search')).toBeVisible();
  });

  it('shows what it does at the moment, and warns of it', async () => {
    renderImpact(false);
    expect(
      (await screen.findByText('Requests running')).nextSibling,
    ).toHaveTextContent('7');
    expect(
      screen.getByText('Requests per second').nextSibling,
    ).toHaveTextContent('1.23');
    expect(screen.getByText('Tokens per second').nextSibling).toHaveTextContent(
      'not known',
    );
    expect(screen.getByText('It is in use at this moment.')).toBeVisible();
  });

  it.each([
    [{ source: 'Off' } as const, /Nothing is measured in this cluster/],
    [
      {
        unmeasured: [{ pod: 'a', problem: 'Forbidden', message: '' }],
      } as Partial<ServiceMetrics>,
      /may not read the metrics/,
    ],
    [{}, /Nothing was measured in the last minutes/],
    [new Error('you may not see this'), 'you may not see this'],
  ])('says why its traffic is not known: %j', async (metrics, why) => {
    renderImpact(false, new MeasuredApi(metrics));
    expect(await screen.findByText(why)).toBeVisible();
    expect(
      screen.getByText('Whether it is in use at this moment is not known'),
    ).toBeVisible();
    expect(screen.queryByText('Requests running')).not.toBeInTheDocument();
  });

  it('still names the consumers where nobody may see how it serves', async () => {
    const client = new MeasuredApi(BUSY);
    client.entities.set(REF, new Error('not for you'));
    renderImpact(true, client);
    expect(await screen.findByText('not for you')).toBeVisible();
    expect(screen.getByText('search')).toBeVisible();
  });

  it('says when it is gone', async () => {
    const client = new MeasuredApi(BUSY);
    client.entities.set(REF, entityStatus([]));
    renderImpact(false, client);
    expect(
      await screen.findByText('No cluster runs this service any more.'),
    ).toBeVisible();
  });
});
