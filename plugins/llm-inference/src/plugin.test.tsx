import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { serviceEntity } from './__testUtils__/entities';
import { namesService } from './extensions/entityCards';
import plugin from './index';

describe('the plugin', () => {
  it('brings every extension under a stable id', () => {
    for (const id of [
      'api:llm-inference/client',
      'api:llm-inference/live-status',
      'entity-card:llm-inference/serving',
      'entity-card:llm-inference/model-services',
      'entity-card:llm-inference/system-services',
      'entity-content:llm-inference/serving',
      'page:llm-inference',
      'home-page-widget:llm-inference/needs-attention',
    ]) {
      expect(() =>
        (plugin.getExtension as (id: string) => unknown)(id),
      ).not.toThrow();
    }
  });

  it('shows itself on entities that name a service only', () => {
    const matches = filterPredicateToFilterFunction(namesService);
    expect(matches(serviceEntity('qwen') as never)).toBe(true);
    expect(matches(serviceEntity('qwen', {}) as never)).toBe(false);
  });
});
