import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

import { CORPUS, SECRETS } from '../__testUtils__/injectionCorpus';
import { PROFILES, REQUEST } from '../__testUtils__/profiles';
import { generateManifests } from '../generate/generateManifests';
import { parseProfiles } from '../profile/parseProfiles';
import { planPdService } from '../profile/planPdService';

/** Every text that a person can type, and how it gets into a request. */
const FIELDS: Record<string, (text: string) => object> = {
  profile: profile => ({ profile }),
  name: name => ({ name }),
  namespace: namespace => ({ namespace }),
  cluster: cluster => ({ cluster }),
  otherClusters: cluster => ({ otherClusters: [{ cluster }] }),
  title: title => ({ title }),
  description: description => ({ description }),
  owner: owner => ({ owner }),
  system: system => ({ system }),
  lifecycle: lifecycle => ({ lifecycle }),
  'model.uri': uri => ({ model: { uri } }),
  'model.name': name => ({ model: { uri: 'hf://Qwen/Qwen2.5-7B', name } }),
  'model.lora': text => ({
    model: {
      uri: 'hf://Qwen/Qwen2.5-7B',
      lora: { adapters: [{ name: text, uri: text }] },
    },
  }),
  'engine value': dtype => ({ engine: { dtype } }),
  'engine name': text => ({ engine: { [text]: 'x' } }),
  'pool value': text => ({
    decode: { replicas: 1, arguments: { 'tool-call-parser': text } },
  }),
  'pool name': text => ({ prefill: { replicas: 1, arguments: { [text]: 1 } } }),
  'scaling trigger': text => ({
    decode: {
      scaling: {
        mode: 'keda',
        maxReplicas: 2,
        triggers: [{ type: 'prometheus', metadata: { query: text } }],
      },
    },
  }),
  image: image => ({ pods: { image } }),
  'token secret': secret => ({ pods: { huggingFaceToken: { secret } } }),
  'token key': key => ({
    pods: { huggingFaceToken: { secret: 'hf', key } },
  }),
  gateway: name => ({ router: { gateways: [{ name }] } }),
  'unknown field': text => ({ [text]: text }),
};

/** Fields of prose, which may hold what other fields may not, as inert data. */
const PROSE = ['title', 'description'];

const profile = parseProfiles({
  'h100-roce': { ...PROFILES['h100-roce'], kserveVersion: '0.21' },
})[0];

const RUNS = new Map<string, string>();

/**
 * Runs what KServe's start script runs, with `vllm` replaced by something harmless: an `eval` of the arguments
 * and of the model's name. Returns what was executed.
 */
function runStartScript(files: ReturnType<typeof generateManifests>): string {
  const service = files
    .flatMap(({ objects }) => objects ?? [])
    .find(({ kind }) => kind === 'LLMInferenceService') as unknown as {
    spec: {
      model: { name: string };
      template: { containers: Array<{ env: Array<Record<string, string>> }> };
    };
  };
  const { value } = service.spec.template.containers[0].env.find(
    ({ name }) => name === 'VLLM_ADDITIONAL_ARGS',
  )!;
  const key = `${service.spec.model.name}\n${value}`;
  const known = RUNS.get(key);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const out = execFileSync(
    '/bin/bash',
    [
      '-c',
      `vllm() { echo vllm; }; eval "vllm serve --served-model-name "${service.spec.model.name}" \${VLLM_ADDITIONAL_ARGS}"`,
    ],
    {
      cwd: folder,
      env: { VLLM_ADDITIONAL_ARGS: value, PATH: process.env.PATH },
      encoding: 'utf8',
    },
  ).trim();
  const result = existsSync(join(folder, 'pwned')) ? 'pwned' : out;
  RUNS.set(key, result);
  return result;
}

/** What is wrong with how one text in one field was treated; empty when it is data or refused. */
function complaints(field: string, kind: string): string[] {
  const text = CORPUS[kind];
  const spec = planPdService({ ...REQUEST, ...FIELDS[field](text) }, profile);
  const isSecret = SECRETS.includes(kind);
  if (!spec.ok) {
    // What was refused is not repeated at length, and a secret not at all.
    const words = JSON.stringify(spec.problems);
    return [
      ...(spec.problems.length === 0 ? ['refused without a word'] : []),
      ...(words.length > 4_000 ? ['repeated at length'] : []),
      ...(isSecret && words.includes(text) ? ['a secret was repeated'] : []),
    ].map(complaint => `${field}, ${kind}: ${complaint}`);
  }
  const files = generateManifests(spec.value);
  const back = files.map(({ content, objects }) =>
    objects
      ? parseAllDocuments(content).map(document => document.toJS())
      : undefined,
  );
  const same =
    JSON.stringify(back) === JSON.stringify(files.map(file => file.objects));
  return [
    ...(same ? [] : ['changed its meaning in YAML']),
    ...(runStartScript(files) === 'vllm' ? [] : ['ran in the start script']),
    ...(isSecret ? ['a secret was accepted'] : []),
  ].map(complaint => `${field}, ${kind}: ${complaint}`);
}

describe('texts that try to be more than data', () => {
  it.each(Object.keys(FIELDS))(
    'are refused in %s, or end up as exactly that text',
    field => {
      expect(
        Object.keys(CORPUS).flatMap(kind => complaints(field, kind)),
      ).toEqual([]);
    },
  );

  it('are refused in every field but prose, where a shell or a template could see them', () => {
    const evaluated = [
      'substitution',
      'backtick',
      'semicolon',
      'and then',
      'pipe',
      'go template',
      'portal template',
      'single quote',
      'newline',
    ];
    // A query goes to KEDA, which no shell ever sees.
    const inert = [...PROSE, 'scaling trigger'];
    const accepted = Object.keys(FIELDS)
      .filter(field => !inert.includes(field))
      .flatMap(field =>
        evaluated
          .filter(
            kind =>
              planPdService(
                { ...REQUEST, ...FIELDS[field](CORPUS[kind]) },
                profile,
              ).ok,
          )
          .map(kind => `${field}, ${kind}`),
      );
    expect(accepted).toEqual([]);
  });

  it('would be caught if the shell ran them', () => {
    const spec = planPdService(REQUEST, profile);
    if (!spec.ok) throw new Error('the worked example must be valid');
    const model = { ...spec.value.model, name: '$(touch pwned)' };
    expect(runStartScript(generateManifests({ ...spec.value, model }))).toBe(
      'pwned',
    );
  });
});
