import { assessService } from 'backstage-plugin-llm-inference-common';
import type { EntityStatus } from 'backstage-plugin-llm-inference-common';
import { HealthTexts } from './HealthTexts';

function statusOf(names: string[]): EntityStatus {
  return {
    entityRef: 'component:default/qwen',
    services: names.map(name => {
      const service = { cluster: 'gpu-east', namespace: 'llm', name };
      const health = assessService({
        now: '2026-11-22T10:00:00Z',
        service,
        objects: [],
      });
      return {
        service,
        version: `"health":0,"health":1,${name}`,
        health: { ...health, summary: `Größe von ${name}: "health":0,` },
        freshness: { state: 'Live', asOf: '2026-11-22T10:00:00Z' },
      };
    }),
    clusters: [],
  };
}

function textOf(texts: HealthTexts, status: EntityStatus): string {
  const written = texts.write(status);
  const bytes = Buffer.concat(written.parts);
  expect(written.length).toBe(bytes.length);
  return bytes.toString('utf8');
}

describe('a status that is written from kept parts', () => {
  it.each([0, 1, 2, 12])(
    'is what JSON.stringify makes of it: %s services',
    n => {
      const texts = new HealthTexts();
      const status = statusOf(Array.from({ length: n }, (_, i) => `qwen-${i}`));
      expect(textOf(texts, status)).toBe(JSON.stringify(status));
      expect(textOf(texts, status)).toBe(JSON.stringify(status));
    },
  );

  it('is new where the health is, and keeps no more than some hundreds', () => {
    const texts = new HealthTexts();
    const first = statusOf(['qwen']);
    const bytes = texts.write(first).parts[1];
    expect(texts.write(first).parts[1]).toBe(bytes);
    const [service] = first.services;
    const judgedAnew = {
      ...first,
      services: [{ ...service, health: { ...service.health } }],
    };
    expect(texts.write(judgedAnew).parts[1]).not.toBe(bytes);
    texts.write(statusOf(Array.from({ length: 300 }, (_, i) => `qwen-${i}`)));
    expect(texts.write(first).parts[1]).not.toBe(bytes);
  });
});
