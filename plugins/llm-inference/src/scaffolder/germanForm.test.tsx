import type { ReactElement } from 'react';
import { fetchApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { parseProfiles } from 'backstage-plugin-llm-inference-common';
import { germanTranslation } from '../__testUtils__/german';
import { ServiceNameField } from './fields/ServiceNameField';
import { PreviewField } from './preview/PreviewField';

const PROFILES = parseProfiles({
  'cpu-trial': {
    title: 'CPU',
    clusters: ['gpu-east'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform'],
    repository: { host: 'github.com', owner: 'platform', name: 'llm-gitops' },
    models: { allowed: ['hf://Qwen/'] },
    pool: {
      cpu: { request: '1', limit: '2' },
      memory: { request: '8Gi', limit: '16Gi' },
      cpuKvCacheGiB: 1,
    },
    engine: { dtype: 'bfloat16', 'max-model-len': 2048 },
    fabric: { kind: 'none' },
    linkGBps: 0.5,
  },
});

const REQUEST = {
  profile: 'cpu-trial',
  name: 'opt',
  owner: 'group:default/ml-platform',
  model: { uri: 'hf://Qwen/Qwen2.5-0.5B-Instruct' },
  decode: { replicas: 1 },
  prefill: { replicas: 1 },
};

function renderInGerman(element: ReactElement) {
  renderInTestApp(element, {
    apis: [
      [translationApiRef, germanTranslation()],
      [
        fetchApiRef,
        {
          fetch: async (input: RequestInfo | URL) =>
            String(input).endsWith('/profiles')
              ? Response.json({ items: PROFILES })
              : Response.json({}, { status: 404 }),
        },
      ],
    ],
  });
}

const preview = (formData: object) => (
  <PreviewField
    {...({
      formData: true,
      onChange: () => undefined,
      formContext: { formData },
      uiSchema: {},
    } as unknown as Parameters<typeof PreviewField>[0])}
  />
);

describe('the form, to a reader of German', () => {
  it('refuses a name while it is typed', async () => {
    renderInGerman(
      <ServiceNameField
        {...({
          formData: 'Opt',
          onChange: () => undefined,
        } as unknown as Parameters<typeof ServiceNameField>[0])}
      />,
    );
    expect(
      await screen.findByText(
        '„Opt“ enthält Großbuchstaben; Namen in Kubernetes bestehen aus kleinen. Möglich wäre „opt“',
      ),
    ).toBeVisible();
  });

  it('says what is still wrong with a service', async () => {
    renderInGerman(preview({ ...REQUEST, decode: { replicas: 0 } }));
    expect(
      await screen.findByText(
        /^decode\.replicas: Mindestens 1\. Soll ein Dienst ruhen, ihn anhalten/,
      ),
    ).toBeVisible();
  });

  it('names the use of a service, and advises on it', async () => {
    renderInGerman(preview(REQUEST));
    expect(
      await screen.findByText(/^Ohne RDMA geht der KV-Cache .* über TCP/),
    ).toBeVisible();
    expect(
      screen.getByText(/^Ein Modell mit höchstens 3 Milliarden Parametern/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: /Antworten aus gefundenen Texten/ }),
    ).toBeVisible();
  });
});
