import { parse } from 'yaml';

import { CORPUS, SECRETS } from '../__testUtils__/injectionCorpus';
import { PROFILES, REQUEST } from '../__testUtils__/profiles';
import { generateManifests } from '../generate/generateManifests';
import { parseProfiles } from '../profile/parseProfiles';
import { planPdService } from '../profile/planPdService';
import { updateService } from './updateService';

/** Every text that a change can hold. */
const FIELDS: Record<string, (text: string) => object> = {
  image: image => ({ image }),
  'decode.cpu.limit': limit => ({ decode: { cpu: { limit } } }),
  'prefill.memory.limit': limit => ({ prefill: { memory: { limit } } }),
  'prefill.memory.request': request => ({ prefill: { memory: { request } } }),
  'argument value': text => ({
    decode: { arguments: { 'tool-call-parser': text } },
  }),
  'argument name': text => ({ decode: { arguments: { [text]: 1 } } }),
  'engine value': dtype => ({ engine: { dtype } }),
  'attention backend': text => ({ engine: { 'attention-backend': text } }),
  'engine name': text => ({ engine: { [text]: 'x' } }),
  'rdma.resource': resource => ({ rdma: { resource } }),
  kvRoles: kvRoles => ({ kvRoles }),
  sideChannelHost: sideChannelHost => ({ sideChannelHost }),
  startupBudgetSeconds: startupBudgetSeconds => ({ startupBudgetSeconds }),
  stopped: stopped => ({ stopped }),
  'unknown field': text => ({ [text]: text }),
};

const spec = planPdService(
  REQUEST,
  parseProfiles({ 'h100-roce': PROFILES['h100-roce'] })[0],
);
if (!spec.ok) throw new Error('the worked example must be valid');
const manifest = generateManifests(spec.value).find(
  ({ path }) => path === 'base/llm-inference-service.yaml',
)!.content;

/** Words of an argument have the one form that neither a shell nor YAML makes anything of. */
const ARGUMENTS = ['argument value', 'attention backend'];

/** What is wrong with how one text in one field was treated; empty when it is a word or refused. */
function complaints(field: string, kind: string): string[] {
  const text = CORPUS[kind];
  const result = updateService(manifest, FIELDS[field](text));
  if (!result.ok) {
    const words = JSON.stringify(result.problems);
    const repeated = SECRETS.includes(kind) && words.includes(text);
    return [
      ...(result.problems.length === 0 ? ['refused without a word'] : []),
      ...(words.length > 4_000 ? ['repeated at length'] : []),
      ...(repeated ? ['a secret was repeated'] : []),
    ].map(complaint => `${field}, ${kind}: ${complaint}`);
  }
  const { content } = result.value;
  // A name that means something to JavaScript only is dropped.
  if (content === manifest && kind === 'prototype key') return [];
  const [main] = parse(content).spec.template.containers;
  const isWord =
    ARGUMENTS.includes(field) &&
    /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text) &&
    JSON.stringify(main.env).includes(text);
  return isWord ? [] : [`${field}, ${kind}: was taken`];
}

describe('texts in a change that try to be more than data', () => {
  it.each(Object.keys(FIELDS))('are refused in %s, or stay a word', field => {
    expect(
      Object.keys(CORPUS).flatMap(kind => complaints(field, kind)),
    ).toEqual([]);
  });

  it('are words in some places, so that this looks at both', () => {
    expect(
      updateService(manifest, FIELDS['argument value'](CORPUS['yaml boolean'])),
    ).toMatchObject({ ok: true });
  });
});
