import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import eventsPlugin from '@backstage/plugin-events-backend';
import { GithubEventRouter } from '@backstage/plugin-events-backend-module-github';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { GitHub, startGitHub } from 'sandbox';
import { catalogModulePushedLocations } from './pushedLocations';

jest.setTimeout(120_000);

const TOKEN = 'sandbox-token';
const FILE = 'services/chat/catalog-info.yaml';

// The module's own default export loads its parts by `import()`, which Jest cannot run.
const githubEventRouter = createBackendModule({
  pluginId: 'events',
  moduleId: 'github-event-router',
  register({ registerInit }) {
    registerInit({
      deps: { events: eventsServiceRef },
      init: ({ events }) => new GithubEventRouter({ events }).subscribe(),
    });
  },
});

const component = (name: string, description = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: model-server
  lifecycle: production
  owner: ml-platform
`;

describe('a catalog that is told of pushes', () => {
  let github: GitHub;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let backendUrl: string;
  const scheduler = mockServices.scheduler();

  beforeEach(async () => {
    github = await startGitHub({
      token: TOKEN,
      repositories: {
        'llm-gitops': {
          description: '',
          // A wildcard that matches nothing at all is an error to the catalog.
          files: {
            'services/search/catalog-info.yaml': component(
              'search',
              'is there',
            ),
          },
        },
      },
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        eventsPlugin,
        eventsServiceFactory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        githubEventRouter,
        catalogModulePushedLocations,
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              github: [
                {
                  host: github.host,
                  apiBaseUrl: github.url,
                  rawBaseUrl: `${github.url}/raw`,
                  token: TOKEN,
                },
              ],
            },
            events: { http: { topics: ['github'] }, useEventBus: 'never' },
            catalog: {
              // Long enough that only a push can be what makes the catalog read again.
              processingInterval: { hours: 1 },
              locations: [
                {
                  type: 'url',
                  target: `${github.url}/platform/llm-gitops/blob/main/services/*/catalog-info.yaml`,
                },
              ],
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    backendUrl = `http://localhost:${port}`;
    github.addWebhook({ url: `${backendUrl}/api/events/http/github` });
  });

  afterEach(async () => {
    await backend.stop();
    await github.close();
  });

  it('shows a service once it is merged, its changes, and that it is gone', async () => {
    // What is pushed while the catalog reads the location for the first time is no change to it.
    expect(await eventually(hasSearch, true)).toBe(true);

    await write(component('chat', 'first'));
    expect(await eventually(description, 'first')).toBe('first');

    await write(component('chat', 'second'));
    expect(await eventually(description, 'second')).toBe('second');

    await write(undefined);
    expect(await eventually(isGone, true)).toBe(true);
  });

  async function read(name: string): Promise<Entity | undefined> {
    const response = await fetch(
      `${backendUrl}/api/catalog/entities/by-name/component/default/${name}`,
    );
    return response.ok ? ((await response.json()) as Entity) : undefined;
  }

  const chat = () => read('chat');

  async function hasSearch(): Promise<boolean> {
    return (await read('search')) !== undefined;
  }

  async function description(): Promise<string | undefined> {
    return (await chat())?.metadata.description;
  }

  /** Whether the clean-up, which the catalog runs every half minute, has removed it. */
  async function isGone(): Promise<boolean> {
    await scheduler.triggerTask('catalog_orphan_cleanup');
    return (await chat()) === undefined;
  }

  /** Commits the catalog file to the main branch, or its removal. */
  async function write(content: string | undefined): Promise<void> {
    const url = `${github.url}/repos/platform/llm-gitops/contents/${FILE}`;
    const current = await fetch(url);
    const sha = current.ok
      ? ((await current.json()) as { sha: string }).sha
      : undefined;
    const response = await fetch(url, {
      method: content === undefined ? 'DELETE' : 'PUT',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({
        message: 'Change the service',
        sha,
        content: content && Buffer.from(content).toString('base64'),
      }),
    });
    expect(response.ok).toBe(true);
  }
});

/** Asks until the answer is the expected one, or for a minute; the last answer either way. */
async function eventually<T>(ask: () => Promise<T>, expected: T): Promise<T> {
  let answer = await ask();
  for (let tries = 0; answer !== expected && tries < 240; tries++) {
    await setTimeout(250);
    answer = await ask();
  }
  return answer;
}
