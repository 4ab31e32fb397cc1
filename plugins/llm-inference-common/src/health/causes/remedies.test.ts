import { assess } from '../__testUtils__/assess';
import { crashes, evicted, waits } from '../__testUtils__/podFaults';

describe('what a cause says to do', () => {
  it('names a native sidecar where the template has it', () => {
    const [memory] = assess(s =>
      crashes(s.pod('decode'), {
        container: 'llm-d-routing-sidecar',
        exitCode: 137,
        reason: 'OOMKilled',
      }),
    ).causes;
    expect(memory.remedy).toContain(
      'spec.template.initContainers[llm-d-routing-sidecar].resources.limits.memory',
    );
    expect(memory.explanation).not.toMatch(/weights/i);
    const [image] = assess(s =>
      waits(
        s.pod('decode'),
        'ErrImagePull',
        'ghcr.io/llm-d/sidecar:v9: not found',
        'llm-d-routing-sidecar',
      ),
    ).causes;
    expect(image.remedy).toContain(
      'spec.template.initContainers[llm-d-routing-sidecar].image',
    );
  });

  it('speaks of the node, not of a limit, where the node ran out of memory', () => {
    const health = assess(s => {
      evicted(s.pod('prefill'), 'The node was low on resource: memory. ');
    });
    expect(health.causes[0].id).toBe('host-memory-exceeded');
    expect(health.summary).toMatch(/their node ran out of memory/);
    expect(health.causes[0].remedy).toContain(
      'spec.prefill.template.containers[main].resources.requests.memory',
    );
  });

  it('does not say that no request arrives where another gateway accepts the route', () => {
    const health = assess(s => {
      const [accepted] = s.route.status.parents;
      const refused = structuredClone(accepted);
      refused.parentRef = { name: 'internal-gateway', namespace: 'kserve' };
      Object.assign(refused.conditions[0], {
        status: 'False',
        reason: 'NotAllowedByListeners',
      });
      s.route.status.parents.push(refused);
    });
    expect(health.verdict).toBe('Degraded');
    expect(health.causes).toMatchObject([
      { id: 'route-not-accepted', severity: 'Warning' },
    ]);
    expect(health.summary).toMatch(/another accepts it/);
    expect(health.causes[0].explanation).not.toMatch(/no request arrives/);
  });
});
