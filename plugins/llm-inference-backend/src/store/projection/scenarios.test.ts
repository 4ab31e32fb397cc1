import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assessService } from 'backstage-plugin-llm-inference-common';
import type {
  KubernetesObject,
  Observation,
} from 'backstage-plugin-llm-inference-common';
import { parse } from 'yaml';
import { WATCHED_RESOURCES } from '../../watch/resources';
import { ClusterStore } from '../ClusterStore';

const FIXTURES = join(
  dirname(
    require.resolve('backstage-plugin-llm-inference-common/package.json'),
  ),
  'src/health/__fixtures__',
);

const scenarios = readdirSync(FIXTURES, { recursive: true })
  .map(String)
  .filter(file => file.endsWith('.yaml'));

/** Puts objects into a store as watches would, events last, and takes the service's objects out again. */
function throughStore({ service, objects }: Observation): KubernetesObject[] {
  const store = new ClusterStore({ onDirty: () => undefined });
  for (const resource of WATCHED_RESOURCES) {
    const sink = store.sink(resource);
    for (const object of objects) {
      const group = (object.apiVersion ?? '').split('/').slice(0, -1).join();
      if (object.kind === resource.kind && group === resource.group) {
        sink.upsert(object);
      }
    }
  }
  return store.objectsOf(service.namespace, service.name);
}

describe('what the store keeps of a cluster', () => {
  it('knows the scenarios of the health contract', () => {
    expect(scenarios.length).toBeGreaterThan(20);
  });

  it.each(scenarios)('is all that health reads: %s', file => {
    const observation = parse(readFileSync(join(FIXTURES, file), 'utf8'));
    const whole = assessService(observation);
    const kept = assessService({
      ...observation,
      objects: throughStore(observation),
    });
    expect(kept).toEqual(whole);
  });
});
