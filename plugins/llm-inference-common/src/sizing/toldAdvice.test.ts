import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ADVICE_IDS, adviseOn, type Advice } from './advice';
import { estimateCapacity } from './estimateCapacity';
import { referenceModel } from './referenceModels';

/** Every piece of advice, by example: what other languages have to have words for. Written anew with WRITE_TOLD=1. */
const FILE = join(__dirname, '__fixtures__', 'toldAdvice.json');

const llama = referenceModel('hf://meta-llama/Llama-3.1-8B-Instruct')!;
const LONG = { promptTokens: 8000, outputTokens: 500 };

const GIVEN = [
  adviseOn({
    model: referenceModel('Qwen/Qwen3-0.6B')!,
    workload: { promptTokens: 400, outputTokens: 300 },
    rdma: false,
    linkUse: 0.9,
    transferSeconds: 1,
    prefillSeconds: 2,
    needed: { prefill: 0.2, decode: 0.2 },
    gpus: { prefill: 1, decode: 1 },
  }),
  adviseOn({ model: llama, workload: LONG }),
  adviseOn({ model: llama, workload: { ...LONG, cachedTokens: 7500 } }),
  ...['hf://openai/gpt-oss-120b', 'Qwen/Qwen3-32B'].map(uri =>
    adviseOn({ model: referenceModel(uri)!, workload: LONG }),
  ),
  estimateCapacity(llama, {
    prefill: { tensor: 1, replicas: 1 },
    decode: { tensor: 1, replicas: 1 },
    workload: LONG,
    link: { kind: 'rdma-400' },
    throughput: { prefillTokensPerSecond: 30_000, decodeStepSeconds: 0.02 },
    targets: { ttftSeconds: 0.3, itlSeconds: 0.01 },
  }).advice,
].flat();

it.each(ADVICE_IDS)('gives the advice %s', id => {
  expect(GIVEN.map(advice => advice.id)).toContain(id);
});

it('tells advice in the shapes that other languages know', () => {
  const shapes = new Map<string, Pick<Advice, 'id' | 'text' | 'words'>>();
  for (const { id, text, words = {} } of GIVEN) {
    const shape = [id, words.model, ...Object.keys(words).sort()].join(' ');
    if (!shapes.has(shape)) shapes.set(shape, { id, text, words });
  }
  const told = [...shapes.values()];
  if (process.env.WRITE_TOLD) {
    writeFileSync(FILE, `${JSON.stringify(told, null, 2)}\n`);
  }
  expect(told).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});

it('puts no number beside advice that its text does not hold', () => {
  for (const { text, words = {} } of GIVEN) {
    const { model, ...numbers } = words;
    for (const number of Object.values(numbers)) {
      expect(text.replaceAll(',', '')).toContain(number);
    }
  }
});
