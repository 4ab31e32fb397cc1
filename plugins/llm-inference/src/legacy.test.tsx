import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { fetchApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { serviceEntity } from './__testUtils__/entities';
import { ScriptedApi } from './__testUtils__/ScriptedApi';
import { entityStatus, service } from './__testUtils__/services';
import { llmInferenceApiRef } from './api/llmInferenceApiRef';
import {
  EntityServingCard,
  FleetPage,
  isLlmInferenceAvailable,
  llmFormFields,
  llmInferencePlugin,
} from './legacy';
import { LiveStatus } from './live/LiveStatus';
import { liveStatusApiRef } from './live/LiveStatusApi';
import { fleetRouteRef } from './routes';

const TEMPLATES = join(__dirname, '../../../templates');

/** Our own form fields that the templates name. */
function fieldsOfTemplates(): string[] {
  const names = readdirSync(TEMPLATES, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'profiles')
    .flatMap(({ name }) => [
      ...readFileSync(join(TEMPLATES, name, 'template.yaml'), 'utf8').matchAll(
        /ui:field: (Llm\w+)/g,
      ),
    ])
    .map(([, field]) => field);
  return [...new Set(names)].sort();
}

function Names() {
  const fields = useCustomFieldExtensions<{ name: string }>(
    <ScaffolderFieldExtensions>{llmFormFields}</ScaffolderFieldExtensions>,
  );
  return (
    <p>
      {fields
        .map(({ name }) => name)
        .sort()
        .join(' ')}
    </p>
  );
}

describe('the legacy frontend system', () => {
  it('has every form field that the templates name', async () => {
    await renderInTestApp(<Names />);

    expect(fieldsOfTemplates()).toContain('LlmProfile');
    for (const field of fieldsOfTemplates()) {
      expect(screen.getByText(/LlmProfile/)).toHaveTextContent(
        new RegExp(`\\b${field}\\b`),
      );
    }
  });

  it('renders the same card', async () => {
    const client = new ScriptedApi();
    client.entities.set('component:default/qwen', entityStatus([service()]));
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [llmInferenceApiRef, client],
          [liveStatusApiRef, new LiveStatus({ client })],
        ]}
      >
        <EntityProvider entity={serviceEntity('qwen')}>
          <EntityServingCard />
        </EntityProvider>
      </TestApiProvider>,
    );

    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 2, name: 'Serving' }),
    ).toBeVisible();
    expect(screen.getByRole('group', { name: 'Decode' })).toHaveTextContent(
      '4/4 ready',
    );
  });

  it('gives the page of all services the title that the new system gives it', async () => {
    const client = new ScriptedApi();
    client.fleet = { items: [], total: 0, counts: {}, clusters: [] };
    // The app looks for pages among its elements, and would take this for a second one.
    const Routed = () => <FleetPage />;
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [llmInferenceApiRef, client],
          [liveStatusApiRef, new LiveStatus({ client })],
          [catalogApiRef, catalogApiMock()],
        ]}
      >
        <Routed />
      </TestApiProvider>,
      {
        mountedRoutes: {
          '/llm-inference': fleetRouteRef,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );

    expect(
      await screen.findByText('There is no LLM service that you may see.'),
    ).toBeVisible();
    expect(
      screen.getAllByRole('heading', { level: 1 }).map(h => h.textContent),
    ).toEqual(['LLM services']);
  });

  it('brings its own apis, and asks the backend with the credentials of the user', async () => {
    const [clientFactory] = [...llmInferencePlugin.getApis()];
    const fetch = jest.fn(async () => Response.json(entityStatus([service()])));
    const client = clientFactory.factory({
      fetchApi: { fetch },
    }) as ScriptedApi;

    expect(clientFactory.deps).toEqual({ fetchApi: fetchApiRef });
    const status = await client.getEntityStatus('component:default/qwen');
    expect(status.services).toHaveLength(1);
    expect(fetch).toHaveBeenCalledWith(
      'plugin://llm-inference/v1/entities/component/default/qwen/status',
      expect.objectContaining({ cache: 'no-cache' }),
    );
  });

  it('tells which entities have a service', () => {
    expect(isLlmInferenceAvailable(serviceEntity('qwen'))).toBe(true);
    expect(isLlmInferenceAvailable(serviceEntity('qwen', {}))).toBe(false);
  });
});
