import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  parseProfiles,
  PROFILE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import {
  entityStatus,
  pool,
  pods,
  service,
} from '../../__testUtils__/services';
import { ScriptedApi } from '../../__testUtils__/ScriptedApi';
import { llmInferenceApiRef } from '../../api/llmInferenceApiRef';
import { ImageField } from './ImageField';
import { MemoryField } from './MemoryField';
import { ReplicasField } from './ReplicasField';
import { validateChangeField } from './validateChangeField';

const REF = 'component:default/qwen';

const PROFILES = parseProfiles({
  'h100-roce': {
    title: 'H100',
    clusters: ['gpu-east'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform'],
    repository: { host: 'github.com', owner: 'platform', name: 'llm-gitops' },
    images: { allowed: ['ghcr.io/llm-d/'] },
    limits: { maxGpus: 16, maxReplicasPerPool: 4 },
    pool: {
      gpu: { resource: 'nvidia.com/gpu', memoryGiB: 79.2 },
      cpu: { request: '2', limit: '4' },
      memory: { request: '16Gi', limit: '32Gi' },
    },
    fabric: { kind: 'roce', resource: 'rdma/roce_gdr', networks: ['roce-p2'] },
  },
});

const EXTENSIONS = [
  {
    name: 'LlmChangeReplicas',
    component: ReplicasField,
    validation: validateChangeField,
  },
  {
    name: 'LlmChangeImage',
    component: ImageField,
    validation: validateChangeField,
  },
  {
    name: 'LlmChangeMemory',
    component: MemoryField,
    validation: validateChangeField,
  },
] as unknown as FieldExtensionOptions[];

const PROPERTIES = {
  entityRef: { type: 'string', default: REF },
  prefillReplicas: {
    type: 'integer',
    'ui:field': 'LlmChangeReplicas',
    'ui:options': { of: 'prefillReplicas' },
  },
  image: {
    type: 'string',
    'ui:field': 'LlmChangeImage',
    'ui:options': { of: 'image' },
  },
  memoryLimit: {
    type: 'string',
    'ui:field': 'LlmChangeMemory',
    'ui:options': { of: 'memoryLimit' },
  },
};

function renderForm(profile: string | undefined) {
  const created: unknown[] = [];
  const client = new ScriptedApi();
  client.entities.set(
    REF,
    entityStatus([
      service({
        pools: {
          decode: pool(pods('decode', 1, { gpu: 4 })),
          prefill: pool(pods('prefill', 2, { gpu: 4 })),
        },
      }),
    ]),
  );
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'form',
        steps: [{ title: 'Page', schema: { properties: PROPERTIES } as never }],
      }}
      extensions={EXTENSIONS}
      onCreate={async values => {
        created.push(values);
      }}
    />,
    {
      apis: [
        [
          fetchApiRef,
          { fetch: async () => Response.json({ items: PROFILES }) },
        ],
        [llmInferenceApiRef, client],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: {
                  name: 'qwen',
                  namespace: 'default',
                  annotations: profile ? { [PROFILE_ANNOTATION]: profile } : {},
                },
              },
            ],
          }),
        ],
      ],
    },
  );
  return created;
}

const review = () =>
  userEvent.click(screen.getByRole('button', { name: /^review$/i }));

describe('the fields of the form that changes a service', () => {
  beforeAll(() => {
    window.scrollTo = () => undefined;
  });

  it('show what is so now and what the profile allows, and hold people to it', async () => {
    renderForm('h100-roce');
    expect(
      await screen.findByText(
        'Now 2 replicas · at most 4 by profile H100 · GPUs: 4 per replica, at most 16 for both pools',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/Profile H100 allows what starts with ghcr.io\/llm-d\//),
    ).toBeVisible();
    expect(screen.getByText(/Profile H100 starts with 32Gi/)).toBeVisible();

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Prefill replicas' }),
      '4',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Image of both pools' }),
      'evil.example/vllm:latest',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Memory limit of both pools' }),
      'much',
    );
    await review();
    expect(
      (await screen.findAllByText(/must name an image by digest/))[0],
    ).toBeVisible();
    expect(screen.getAllByText(/must be memory such as/)[0]).toBeVisible();
  });

  it('refuse more GPUs than the profile gives to both pools', async () => {
    renderForm('h100-roce');
    await screen.findByText(/Now 2 replicas/);
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Prefill replicas' }),
      '4',
    );
    await review();
    expect(
      (await screen.findAllByText(/would use up to 20 GPUs/))[0],
    ).toBeVisible();
  });

  it('leave out what nobody filled in, and limit nothing without a profile', async () => {
    const created = renderForm(undefined);
    await screen.findByText('Now 2 replicas');
    const replicas = screen.getByRole('textbox', { name: 'Prefill replicas' });
    await userEvent.type(replicas, '9');
    await review();
    await userEvent.click(
      await screen.findByRole('button', { name: /create/i }),
    );
    expect(created).toEqual([{ entityRef: REF, prefillReplicas: 9 }]);
  });
});
