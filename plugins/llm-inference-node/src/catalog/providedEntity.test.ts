import { catalogName, providedEntityName } from './providedEntity';

const at = (cluster: string, namespace: string, name: string) =>
  providedEntityName({ cluster, namespace, name });

describe('names of provided entities', () => {
  it('can be read', () => {
    expect(at('gpu-east', 'llm-demo', 'qwen')).toBe('qwen.llm-demo.gpu-east');
  });

  it('are the catalog’s, whatever a cluster is called', () => {
    for (const cluster of [
      'GPU East',
      'arn:aws:eks:eu:1/gpu',
      '__',
      'ü',
      'a',
    ]) {
      for (const name of ['qwen', `q${'x'.repeat(61)}`]) {
        expect(at(cluster, 'llm-demo', name)).toMatch(
          /^(?=.{1,63}$)[a-z0-9]([-._a-z0-9]*[a-z0-9])?$/,
        );
      }
    }
  });

  it('do not collide across clusters, namespaces, letter cases and what is cut', () => {
    const long = 'q'.repeat(60);
    const names = [
      at('gpu', 'llm', 'a'),
      at('GPU', 'llm', 'a'),
      at('gpu.llm', 'b', 'a'),
      at('gpu', 'llm', 'a.b'),
      at('llm.gpu', 'b', 'a'),
      at('gpu east', 'llm', 'a'),
      at('gpu-east', 'llm', 'a'),
      at('gpu-east', 'llm', long),
      at('gpu-west', 'llm', long),
      at('gpu', 'llm-a', 'b'),
      at('gpu', 'llm', 'b-a'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('marks the same text as ambiguous on request', () => {
    expect(catalogName('qwen')).toBe('qwen');
    expect(catalogName('qwen', true)).toMatch(/^qwen-[0-9a-f]{10}$/);
  });
});
