import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogServiceRef,
  parseEntityYaml,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import gitLabActions from '@backstage/plugin-scaffolder-backend-module-gitlab';
import llmInferenceActions from 'backstage-plugin-scaffolder-backend-module-llm-inference';
import { parse } from 'yaml';

import { FakeGitLab } from './FakeGitLab';

const TEMPLATES = join(__dirname, '../../../../../templates');
const NAMES = [
  'new-pd-service',
  'new-pd-service-repository',
  'change-pd-service',
  'retire-pd-service',
];

/** What a task of the scaffolder ended with. */
export interface FinishedTask {
  status: string;
  links: Record<string, string>;
  log: string;
}

/** Entities of a catalog file, as the catalog stores them: with an address, and with the relations that follow. */
function ingest(text: string, target: string): Entity[] {
  return [...parseEntityYaml(text, { type: 'url', target })].flatMap(result => {
    if (result.type !== 'entity') return [];
    const { entity } = result;
    const spec = entity.spec as Record<string, string[]>;
    return [
      {
        ...entity,
        metadata: {
          ...entity.metadata,
          namespace: 'default',
          annotations: {
            ...entity.metadata.annotations,
            'backstage.io/managed-by-location': `url:${target}`,
          },
        },
        relations: [
          { type: 'ownedBy', targetRef: String(spec.owner) },
          ...(spec.providesApis ?? []).map(name => ({
            type: 'providesApi',
            targetRef: `api:default/${name}`,
          })),
          ...(spec.dependsOn ?? []).map(targetRef => ({
            type: 'dependsOn',
            targetRef,
          })),
        ],
      },
    ];
  });
}

/**
 * Backstage's scaffolder with its own GitLab actions, this repository's actions and templates, and a GitLab. The
 * catalog knows what {@link ingest} was given and what a template registers.
 */
export async function startGitLabPortal() {
  const gitLab = await FakeGitLab.start('glpat-of-the-test');
  const { llmInference } = parse(
    readFileSync(join(TEMPLATES, 'profiles/cpu-trial.yaml'), 'utf8'),
  );
  Object.assign(llmInference.profiles['cpu-trial'].repository, {
    provider: 'gitlab',
    host: gitLab.host,
  });
  const data = {
    llmInference,
    integrations: {
      gitlab: [
        {
          host: gitLab.host,
          baseUrl: gitLab.url,
          apiBaseUrl: `${gitLab.url}/api/v4`,
          token: gitLab.token,
        },
      ],
    },
  };
  const reader = UrlReaders.default({
    config: mockServices.rootConfig({ data }),
    logger: mockServices.logger.mock(),
  });
  // What the portal writes as a link is https; this GitLab has no certificate.
  const plain = (url: string) => url.replace('https://', 'http://');

  let entities: Entity[] = NAMES.map(name =>
    parse(readFileSync(join(TEMPLATES, name, 'template.yaml'), 'utf8')),
  );
  const registered: string[] = [];
  const read = async (target: string) =>
    ingest(
      (await (await reader.readUrl(plain(target))).buffer()).toString(),
      target,
    );
  const catalog: Partial<CatalogService> = {
    getEntityByRef: (...args) =>
      catalogServiceMock({ entities }).getEntityByRef(...args),
    getEntitiesByRefs: (...args) =>
      catalogServiceMock({ entities }).getEntitiesByRefs(...args),
    getLocationByEntity: async () =>
      registered.length
        ? {
            id: '1',
            type: 'url',
            target: registered[0],
            entityRef: 'location:default/generated-1',
          }
        : undefined,
    addLocation: async ({ target, dryRun, type = 'url' }) => {
      const found = await read(target);
      if (!dryRun) registered.push(target);
      return {
        location: { id: '1', type, target, entityRef: 'location:default/a' },
        entities: found,
      };
    },
  };
  const backend = await startTestBackend({
    features: [
      scaffolder,
      gitLabActions,
      llmInferenceActions,
      mockServices.rootConfig.factory({ data }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog as CatalogService,
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () => ({
          readUrl: (url, options) => reader.readUrl(plain(url), options),
          readTree: (url, options) => reader.readTree(plain(url), options),
          search: (url, options) => reader.search(plain(url), options),
        }),
      }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs: ['group:default/ml-platform'],
        }),
      }).factory,
    ],
  });
  const api = `http://localhost:${backend.server.port()}/api/scaffolder/v2/tasks`;
  const headers = {
    Authorization: mockCredentials.user.header(),
    'Content-Type': 'application/json',
  };
  const get = async (path: string) =>
    (await fetch(`${api}/${path}`, { headers })).json();

  return {
    gitLab,
    registered,
    /** Lets the catalog read a file of a project's main branch. */
    async discover(target: string) {
      entities = [...entities.slice(0, NAMES.length), ...(await read(target))];
    },
    /** Runs a template to its end. */
    async run(template: string, values: object): Promise<FinishedTask> {
      const response = await fetch(api, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          templateRef: `template:default/${template}`,
          values,
        }),
      });
      const started = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(started));
      for (;;) {
        const { status } = await get(started.id);
        if (status !== 'open' && status !== 'processing') {
          const events = (await get(`${started.id}/events`)) as Array<{
            type: string;
            body: {
              message: string;
              output?: { links?: Array<{ title: string; url?: string }> };
            };
          }>;
          const links = events.flatMap(({ body }) => body.output?.links ?? []);
          return {
            status,
            links: Object.fromEntries(
              links.map(({ title, url }) => [title, url ?? '']),
            ),
            log: events.map(({ body }) => body.message).join('\n'),
          };
        }
        await sleep(100);
      }
    },
    async stop() {
      await backend.stop();
      await gitLab.close();
    },
  };
}
