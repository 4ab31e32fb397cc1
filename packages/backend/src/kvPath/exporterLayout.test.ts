import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMeasuredSeries } from 'backstage-plugin-llm-inference-common';
import { createSandbox, SANDBOX_TOKEN } from 'sandbox';
import type { Sandbox } from 'sandbox';

/** What a page says of one metric, without its values. */
interface Family {
  help: string;
  type: string;
  /** Names of labels, in their order, of each kind of line. */
  lines: Set<string>;
  bounds: Set<string>;
}

function familiesOf(page: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let family: Family | undefined;
  for (const line of page.split('\n').filter(Boolean)) {
    const [, mark, name, rest] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (mark === 'HELP') {
      family = { help: rest, type: '', lines: new Set(), bounds: new Set() };
      families.set(name, family);
    } else if (family && mark === 'TYPE') {
      family.type = rest;
    } else if (family) {
      const [, series, labels = ''] = /^([\w:]+)(?:\{(.*)\})? \S+$/.exec(line)!;
      const keys = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
      family.lines.add(`${series}{${keys.map(([, key]) => key).join()}}`);
      const bound = keys.find(([, key]) => key === 'le')?.[2];
      if (bound) family.bounds.add(bound);
    }
  }
  return families;
}

/** The recorded layout of the exporters that are played. */
const recorded = (name: string) =>
  familiesOf(
    readFileSync(
      join(
        __dirname,
        '../../../../plugins/llm-inference-common/src/health/series/__fixtures__',
        `exporter-${name}.prom`,
      ),
      'utf8',
    ),
  );

describe('the /metrics of the sandbox, in the layout of the exporters', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ speed: 2_000 });
    await fetch(`${sandbox.control.url}/clusters/gpu-east/scheduler-metrics`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"open":true}',
    });
  });
  afterAll(async () => {
    await sandbox.close();
  });

  const east = async (path: string) => {
    const answer = await fetch(
      `${
        sandbox.api.cluster('gpu-east').url
      }/api/v1/namespaces/llm-demo/pods${path}`,
      { headers: { authorization: `Bearer ${SANDBOX_TOKEN}` } },
    );
    expect(answer.status).toBe(200);
    return await answer.text();
  };
  const pageOf = async (prefix: RegExp, port: number) => {
    const { items } = JSON.parse(await east(''));
    const { metadata } = items.find((pod: { metadata: { name: string } }) =>
      prefix.test(pod.metadata.name),
    );
    return await east(`/${metadata.name}:${port}/proxy/metrics`);
  };

  it.each([
    ['decode', 'vllm-decode', /^qwen2-7b-chat-kserve-(?!prefill|router)/, 8001],
    ['prefill', 'vllm-decode', /^qwen2-7b-chat-kserve-prefill/, 8000],
    ['the scheduler', 'epp', /^qwen2-7b-chat-kserve-router-scheduler/, 9090],
  ])('is that of %s', async (_pod, fixture, prefix, port) => {
    const real = recorded(fixture);
    const played = familiesOf(await pageOf(prefix, port));
    // All that is played is as the exporter has it: HELP, TYPE, labels and their order, bounds of buckets.
    for (const [name, family] of played) {
      expect([name, family]).toEqual([name, real.get(name)]);
    }
    // All that anybody reads of the exporter's page is played.
    const read = [...real].filter(([name, { type }]) =>
      type === 'histogram'
        ? isMeasuredSeries(`${name}_bucket`) || isMeasuredSeries(`${name}_sum`)
        : isMeasuredSeries(name),
    );
    expect(read.length).toBeGreaterThan(3);
    expect(
      read.map(([name]) => name).filter(name => !played.has(name)),
    ).toEqual([]);
  });
});
