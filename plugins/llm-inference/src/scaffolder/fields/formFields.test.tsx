import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  parseProfiles,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';
import { PreviewField } from '../preview/PreviewField';
import { validatePreview } from '../preview/validatePreview';
import { ModelField } from './ModelField';
import { PlaceField } from './PlaceField';
import { PoolField } from './PoolField';
import { ProfileField } from './ProfileField';
import { RepositoryField } from './RepositoryField';
import { ServiceNameField } from './ServiceNameField';
import { validateModel } from './validateModel';
import { validateRepository } from './validateRepository';
import { validateServiceName } from './validateServiceName';

const PROFILES = parseProfiles({
  'h100-roce': {
    title: 'H100 with RoCE',
    clusters: ['gpu-east', 'gpu-west'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform'],
    repository: { host: 'github.com', owner: 'platform', name: 'llm-gitops' },
    models: { allowed: ['hf://Qwen/'] },
    pool: {
      gpu: { resource: 'nvidia.com/gpu', memoryGiB: 79.2 },
      cpu: { request: '2', limit: '4' },
      memory: { request: '16Gi', limit: '32Gi' },
    },
    fabric: { kind: 'roce', resource: 'rdma/roce_gdr', networks: ['roce-p2'] },
    linkGBps: 40,
  },
});

/** A model whose numbers do not ship. */
const NEW_MODEL = 'hf://Qwen/Qwen-of-tomorrow';

/** A model whose shape ships, and whose weights do not. */
const KNOWN_SHAPE = 'hf://Qwen/Qwen3-8B';

const AT_THE_HUB: Record<string, object> = {
  [NEW_MODEL]: {
    kvLayers: 10,
    kv: { kind: 'heads', kvHeads: 4, headDim: 128 },
    weightBytes: 20 * 2 ** 30,
  },
  [KNOWN_SHAPE]: { kvLayers: 1, weightBytes: 16 * 2 ** 30 },
};

/** Answers as the backend does; everything else is not there. */
function fetchApi(running: ServiceRef[] = []) {
  return {
    fetch: async (input: RequestInfo | URL) => {
      const path = String(input).replace('plugin://llm-inference/v1/', '');
      if (path === 'profiles') return Response.json({ items: PROFILES });
      const uri = new URLSearchParams(path.split('?')[1]).get('uri') ?? '';
      if (path.startsWith('models/architecture?') && AT_THE_HUB[uri]) {
        return Response.json({ architecture: AT_THE_HUB[uri] });
      }
      if (path.startsWith('services?')) {
        const query = new URLSearchParams(path.split('?')[1]);
        const text = query.get('text') ?? '';
        const cluster = query.getAll('cluster');
        const items = running
          .filter(service => service.name.includes(text))
          .filter(service => cluster.includes(service.cluster))
          .map(service => ({ service }));
        return Response.json({ items, total: items.length });
      }
      return Response.json(
        { error: { message: 'not found' } },
        { status: 404 },
      );
    },
  };
}

const EXTENSIONS = [
  { name: 'LlmProfile', component: ProfileField },
  {
    name: 'LlmServiceName',
    component: ServiceNameField,
    validation: validateServiceName,
  },
  { name: 'LlmModel', component: ModelField, validation: validateModel },
  { name: 'LlmPool', component: PoolField },
  { name: 'LlmPlace', component: PlaceField },
  {
    name: 'LlmRepository',
    component: RepositoryField,
    validation: validateRepository,
  },
  { name: 'LlmPreview', component: PreviewField, validation: validatePreview },
] as unknown as FieldExtensionOptions[];

const OWNER = { type: 'string', default: 'group:default/ml-platform' };

function renderForm(
  pages: Array<Record<string, object>>,
  options: { running?: ServiceRef[]; taken?: string[] } = {},
) {
  const created: unknown[] = [];
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'form',
        steps: pages.map((properties, index) => ({
          title: `Page ${index + 1}`,
          schema: { properties } as never,
        })),
      }}
      extensions={EXTENSIONS}
      onCreate={async values => {
        created.push(values);
      }}
    />,
    {
      apis: [
        [fetchApiRef, fetchApi(options.running)],
        [
          catalogApiRef,
          catalogApiMock({
            entities: (options.taken ?? []).map(name => ({
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name, namespace: 'default' },
            })),
          }),
        ],
      ],
    },
  );
  return created;
}

const name = { type: 'string', 'ui:field': 'LlmServiceName' };
const profile = { type: 'string', 'ui:field': 'LlmProfile' };

async function next() {
  await userEvent.click(
    screen.getByRole('button', { name: /^(next|review)$/i }),
  );
}

describe('form of the LLM service templates', () => {
  // jsdom has no scrolling; the stepper scrolls to the top of each page.
  beforeAll(() => {
    window.scrollTo = () => undefined;
  });

  it('says at the field why a name cannot be, and offers one that can', async () => {
    renderForm([{ profile, name }]);
    const field = await screen.findByRole('textbox', { name: /Name/ });
    await userEvent.type(field, '7b.Qwen');
    await next();

    expect(
      (await screen.findAllByText(/holds a dot.*DNS-1035/))[0],
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Use b-qwen' }));
    expect(field).toHaveValue('b-qwen');
  });

  it('says at the field that a name is taken in the catalog', async () => {
    renderForm([{ profile, name }], { taken: ['qwen-pd'] });
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'qwen-pd',
    );
    await next();
    expect(
      (await screen.findAllByText(/catalog has component:default\/qwen-pd/))[0],
    ).toBeInTheDocument();
  });

  it('says at the field that a cluster already runs the service', async () => {
    renderForm([{ profile, name }], {
      running: [
        { cluster: 'gpu-west', namespace: 'llm-demo', name: 'qwen-pd-2' },
        { cluster: 'gpu-west', namespace: 'llm-demo', name: 'qwen-pd' },
      ],
    });
    await screen.findByText('H100 with RoCE');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'qwen-pd',
    );
    await next();
    expect(
      (
        await screen.findAllByText(/'gpu-west' already runs llm-demo\/qwen-pd/)
      )[0],
    ).toBeInTheDocument();
  });

  it('refuses a model that the profile does not allow, and a token typed into a field', async () => {
    renderForm([
      { profile, model: { type: 'object', 'ui:field': 'LlmModel' } },
    ]);
    const field = await screen.findByRole('textbox', { name: /^Model/ });
    await screen.findByText('H100 with RoCE');
    await userEvent.type(field, 'hf://evil/model');
    await next();
    expect(
      (await screen.findAllByText(/must start with hf:\/\/Qwen\//))[0],
    ).toBeInTheDocument();

    await userEvent.clear(field);
    await userEvent.type(field, `hf_${'a'.repeat(30)}`);
    await next();
    expect(
      (await screen.findAllByText(/looks like a Hugging Face token/))[0],
    ).toBeInTheDocument();
  });

  it('names a repository where the profile publishes, after the service', async () => {
    const created = renderForm([
      { profile, name },
      { repoUrl: { type: 'string', 'ui:field': 'LlmRepository' } },
    ]);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'qwen-pd',
    );
    await next();
    const repository = await screen.findByRole('textbox', {
      name: /^Repository/,
    });
    expect(repository).toHaveValue('qwen-pd');
    const organisation = screen.getByRole('textbox', { name: /^Organisation/ });
    expect(organisation).toHaveValue('platform');

    await userEvent.clear(organisation);
    await userEvent.type(organisation, 'a/b');
    await next();
    expect(
      (await screen.findAllByText(/Organisation: 'a\/b' may hold letters/))[0],
    ).toBeInTheDocument();

    await userEvent.clear(organisation);
    await userEvent.type(organisation, 'search');
    await next();
    await userEvent.click(
      await screen.findByRole('button', { name: /create/i }),
    );
    await waitFor(() => expect(created).toHaveLength(1));
    expect(created[0]).toMatchObject({
      repoUrl: 'github.com?owner=search&repo=qwen-pd',
    });
  });

  it('estimates a model whose numbers the backend has to look up', async () => {
    renderForm([
      {
        profile,
        name,
        model: { type: 'object', 'ui:field': 'LlmModel' },
        prefill: {
          type: 'object',
          'ui:field': 'LlmPool',
          'ui:options': { pool: 'prefill' },
          properties: { replicas: { type: 'integer', default: 2 } },
        },
        decode: { type: 'object', 'ui:field': 'LlmPool' },
        cluster: { type: 'string', 'ui:field': 'LlmPlace' },
        owner: OWNER,
        preview: { type: 'boolean', 'ui:field': 'LlmPreview' },
      },
    ]);
    await screen.findByText('H100 with RoCE');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Model/ }),
      NEW_MODEL,
    );
    await userEvent.type(
      screen.getAllByRole('textbox', { name: /^Name/ })[0],
      'qwen-pd',
    );
    expect(
      await screen.findByText('Ready for a pull request'),
    ).toBeInTheDocument();
    const row = await screen.findByRole('row', { name: /^Weights per GPU/ });
    expect(row).toHaveTextContent(/20(\.0+)? GiB20(\.0+)? GiB/);
  });

  it('says below the model what its hub knows and the table does not', async () => {
    renderForm([
      { profile, model: { type: 'object', 'ui:field': 'LlmModel' } },
    ]);
    const field = await screen.findByRole('textbox', { name: /^Model/ });
    await userEvent.type(field, KNOWN_SHAPE);
    // 2 × 36 layers × 8 heads × 128 numbers × 2 bytes, as shipped
    expect(
      await screen.findByText(/144(\.0+)? KiB of KV cache per token/),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/^weights 16(\.0+)? GiB · 144/),
    ).toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, NEW_MODEL);
    expect(
      await screen.findByText(/^weights 20(\.0+)? GiB · 20/),
    ).toBeInTheDocument();
  });

  it('says where it will go: into a repository of its own', async () => {
    renderForm([
      {
        profile,
        name: { ...name, default: 'qwen-pd' },
        model: {
          type: 'object',
          'ui:field': 'LlmModel',
          properties: {
            uri: { type: 'string', default: 'hf://Qwen/Qwen2.5-7B-Instruct' },
          },
        },
        prefill: { type: 'object', 'ui:field': 'LlmPool' },
        decode: { type: 'object', 'ui:field': 'LlmPool' },
        owner: OWNER,
        preview: {
          type: 'boolean',
          'ui:field': 'LlmPreview',
          'ui:options': { repository: 'own' },
        },
      },
    ]);
    expect(
      await screen.findByText('Ready for a repository of its own'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/pull request/)).not.toBeInTheDocument();
  });

  it('shows manifests, findings and sizes of what is being typed, and creates from it', async () => {
    const created = renderForm([
      {
        profile,
        name,
        model: { type: 'object', 'ui:field': 'LlmModel' },
        prefill: {
          type: 'object',
          'ui:field': 'LlmPool',
          'ui:options': { pool: 'prefill' },
          properties: { replicas: { type: 'integer', default: 2 } },
        },
        decode: {
          type: 'object',
          'ui:field': 'LlmPool',
        },
        cluster: { type: 'string', 'ui:field': 'LlmPlace' },
        owner: OWNER,
        preview: { type: 'boolean', 'ui:field': 'LlmPreview' },
      },
    ]);
    expect(
      (await screen.findAllByText(/thing(s)? to put right/))[0],
    ).toBeInTheDocument();

    await userEvent.click(
      await screen.findByRole('button', { name: 'Qwen/Qwen2.5-7B-Instruct' }),
    );
    await userEvent.type(
      screen.getAllByRole('textbox', { name: /^Name/ })[0],
      'qwen-pd',
    );
    expect(
      await screen.findByText('Ready for a pull request'),
    ).toBeInTheDocument();
    expect(screen.getByText(/"kv_role":"kv_producer"/)).toBeInTheDocument();
    expect(screen.getByText('Left for the KV cache per GPU')).toBeVisible();

    await next();
    await userEvent.click(
      await screen.findByRole('button', { name: /create/i }),
    );
    await waitFor(() => expect(created).toHaveLength(1));
    expect(created[0]).toMatchObject({
      profile: 'h100-roce',
      name: 'qwen-pd',
      cluster: 'gpu-east',
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' },
      prefill: { replicas: 2 },
      decode: { replicas: 1 },
    });
  });
});
