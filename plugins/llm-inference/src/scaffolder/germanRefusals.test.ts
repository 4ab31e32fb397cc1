import type { Entity } from '@backstage/catalog-model';
import {
  fetchApiRef,
  translationApiRef,
  type ApiHolder,
  type ApiRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  parseProfiles,
  PROFILE_ANNOTATION,
} from 'backstage-plugin-llm-inference-common';
import { ENGLISH, prose } from '../__testUtils__/english';
import { germanTranslation } from '../__testUtils__/german';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { entityStatus, pool, pods, service } from '../__testUtils__/services';
import { llmInferenceApiRef } from '../api/llmInferenceApiRef';
import type { ChangeFieldName } from './change/changeOf';
import { validateChangeField } from './change/validateChangeField';
import { validateModel } from './fields/validateModel';
import { validateRepository } from './fields/validateRepository';
import { validateServiceName } from './fields/validateServiceName';
import { validatePreview } from './preview/validatePreview';

const PROFILES = parseProfiles({
  'h100-roce': {
    title: 'H100',
    clusters: ['gpu-east'],
    namespaces: ['llm-demo'],
    owners: ['group:default/ml-platform'],
    repository: { host: 'github.com', owner: 'platform', name: 'llm-gitops' },
    images: { allowed: ['ghcr.io/llm-d/'] },
    models: { allowed: ['hf://Qwen/'] },
    limits: { maxGpus: 16, maxReplicasPerPool: 4 },
    pool: {
      gpu: { resource: 'nvidia.com/gpu', memoryGiB: 79.2 },
      cpu: { request: '2', limit: '4' },
      memory: { request: '16Gi', limit: '32Gi' },
    },
    fabric: { kind: 'roce', resource: 'rdma/roce_gdr', networks: ['roce-p2'] },
  },
});

const RUNNING = { cluster: 'gpu-east', namespace: 'llm-demo', name: 'running' };

/** Answers as the backend does. */
async function answer(input: RequestInfo | URL): Promise<Response> {
  const path = String(input).replace('plugin://llm-inference/v1/', '');
  if (path === 'profiles') return Response.json({ items: PROFILES });
  const isAsked = path.startsWith('services?') && path.includes('running');
  return Response.json({
    items: isAsked ? [{ service: RUNNING }] : [],
    total: isAsked ? 1 : 0,
  });
}

function component(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { [PROFILE_ANNOTATION]: 'h100-roce' },
    },
  };
}

function germanApis(): ApiHolder {
  const client = new ScriptedApi();
  client.entities.set(
    'component:default/qwen',
    entityStatus([
      service({
        pools: {
          decode: pool(pods('decode', 1, { gpu: 4 })),
          prefill: pool(pods('prefill', 2, { gpu: 4 })),
        },
      }),
    ]),
  );
  const apis = new Map<string, unknown>([
    [translationApiRef.id, germanTranslation()],
    [fetchApiRef.id, { fetch: answer }],
    [
      catalogApiRef.id,
      catalogApiMock({
        entities: [component('taken'), component('qwen')],
      }),
    ],
    [llmInferenceApiRef.id, client],
  ]);
  return { get: <T>(ref: ApiRef<T>) => apis.get(ref.id) as T | undefined };
}

type FormData = Parameters<CustomFieldValidator<unknown>>[2]['formData'];

/** What a field of the form says of a value to a reader of German. */
async function refusals<T, Options>(
  validate: CustomFieldValidator<T, Options>,
  value: T,
  formData: FormData = {},
  options?: Options,
): Promise<string[]> {
  const said: string[] = [];
  const field = { addError: (message: string) => said.push(message) };
  await validate(value, field as never, {
    apiHolder: germanApis(),
    formData,
    schema: {},
    uiSchema: { 'ui:options': options } as never,
  });
  for (const text of said) expect(prose(text)).not.toMatch(ENGLISH);
  return said;
}

const PROFILE: FormData = { profile: 'h100-roce' };

describe('the fields of the form that creates a service, in German', () => {
  it.each([
    ['qwen2.5', /^„qwen2\.5“ enthält einen Punkt\..* Möglich wäre „qwen2-5“$/],
    ['', /^Ein Dienst braucht einen Namen$/],
    ['a'.repeat(39), /hat 39 Zeichen\. Höchstens 38/],
    ['taken', /^„taken“ ist vergeben: Der Katalog hat /],
    [
      'running',
      /^„running“ ist vergeben: In Cluster „gpu-east“ läuft schon llm-demo\/running/,
    ],
  ])('refuse the name %j', async (name, says) => {
    expect(await refusals(validateServiceName, name, PROFILE)).toEqual([
      expect.stringMatching(says),
    ]);
  });

  it.each([
    [
      'Qwen/Qwen3-32B',
      /^„Qwen\/Qwen3-32B“ hat kein Schema\. Möglich wäre „hf:/,
    ],
    ['hf://Qwen', /^„hf:\/\/Qwen“ hat keine der Formen „hf:/],
    ['hf://Qwen/{{x}}', /^Der Text enthält Klammern einer Vorlage/],
    [`hf://Qwen/hf_${'a1'.repeat(12)}`, /^Das sieht nach etwas Geheimem aus/],
    [
      'hf://other/model',
      /^„hf:\/\/other\/model“ kommt von keinem Ort, den Profil „h100-roce“ erlaubt/,
    ],
  ])('refuse the model %j', async (uri, says) => {
    expect(await refusals(validateModel, { uri }, PROFILE)).toEqual([
      expect.stringMatching(says),
    ]);
  });

  it('refuse a repository that can have no such name', async () => {
    expect(
      await refusals(validateRepository, 'github.com?owner=&repo=a b'),
    ).toEqual([
      'Die Organisation fehlt',
      expect.stringMatching(/^Repository: „a b“ darf nur Buchstaben/),
    ]);
  });

  it('refuse to go on without a profile', async () => {
    expect(await refusals(validatePreview, true)).toEqual([
      'Ein Profil wählen',
    ]);
  });

  it('refuse to go on with what the action would refuse', async () => {
    const said = await refusals(validatePreview, true, {
      ...PROFILE,
      name: 'qwen',
      model: { uri: 'hf://Qwen/Qwen3-32B' },
      decode: { replicas: 9 },
      prefill: { replicas: 1 },
      owner: 'group:default/others',
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'decode.replicas: 9 Replikate sind mehr als die 4 je Pool, die Profil „h100-roce“ erlaubt',
        expect.stringMatching(
          /^owner: „group:default\/others“ darf keine Dienste des Profils „h100-roce“ besitzen/,
        ),
      ]),
    );
  });

  it('refuse to go on with what is still open', async () => {
    const said = await refusals(validatePreview, true, {
      ...PROFILE,
      name: 'qwen',
      model: { uri: 'hf://Qwen/Qwen3-32B' },
      decode: { replicas: 1 },
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'owner: Hier gehört ein Text hin',
        'prefill: Hier gehören mehrere Angaben hin',
      ]),
    );
  });
});

describe('the fields of the form that changes a service, in German', () => {
  it.each<[ChangeFieldName, FormData, RegExp]>([
    [
      'decodeReplicas',
      { decodeReplicas: 5 },
      /^5 Replikate sind mehr als die 4 je Pool, die Profil „h100-roce“ erlaubt$/,
    ],
    [
      'prefillReplicas',
      { prefillReplicas: 4 },
      /^Beide Pools zusammen würden bis zu 20 GPUs verwenden/,
    ],
    ['prefillReplicas', { prefillReplicas: 0 }, /^Zu klein: mindestens 1$/],
    ['image', { image: 'ghcr.io/llm-d/cuda:latest' }, /^Ein Image mit Digest/],
    [
      'image',
      { image: `evil.example/vllm@sha256:${'a'.repeat(64)}` },
      /^Profil „h100-roce“ erlaubt „evil\.example/,
    ],
    ['memoryLimit', { memoryLimit: 'much' }, /^Verlangt ist Speicher, etwa/],
  ])('refuse what is wrong with %s', async (of, formData, says) => {
    expect(
      await refusals(
        validateChangeField,
        Object.values(formData)[0] as string | number,
        { entityRef: 'component:default/qwen', ...formData },
        { of },
      ),
    ).toContainEqual(expect.stringMatching(says));
  });
});
