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

describe('texts in a change that try to be more than data', () => {
  it.each(Object.keys(FIELDS))('are refused in %s, or stay a word', field => {
    for (const [kind, text] of Object.entries(CORPUS)) {
      const result = updateService(manifest, FIELDS[field](text));
      // A name that means something to JavaScript only is dropped.
      if (result.ok && kind === 'prototype key' && field.endsWith('name')) {
        expect(result.value.content).toBe(manifest);
      } else if (result.ok) {
        expect([field, kind, ARGUMENTS.includes(field)]).toEqual([
          field,
          kind,
          true,
        ]);
        expect(text).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/);
        const [main] = parse(result.value.content).spec.template.containers;
        expect(JSON.stringify(main.env)).toContain(text);
      } else {
        const words = JSON.stringify(result.problems);
        expect(result.problems).not.toEqual([]);
        expect(words.length).toBeLessThan(4_000);
        expect(SECRETS.includes(kind) && words.includes(text)).toBe(false);
      }
    }
  });
});
