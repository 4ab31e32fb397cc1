import type { Cause } from 'backstage-plugin-llm-inference-common';
import { insufficientRdma } from '../__testUtils__/causes';
import { remedyValues } from './remedyValues';

const REF = 'component:default/qwen';

function withEvidence(...quotes: string[]): Cause {
  return {
    ...insufficientRdma,
    evidence: quotes.map(quote => ({ kind: 'Log', object: 'Pod/x', quote })),
  };
}

describe('the values of the form that ends a cause', () => {
  it('are the change and the reason, and nothing else', () => {
    const cause = withEvidence('no room');
    expect(remedyValues(REF, { prefillReplicas: 2 }, cause)).toEqual({
      entityRef: REF,
      prefillReplicas: 2,
      reason: {
        cause: 'insufficient-rdma',
        pool: cause.pool,
        title: cause.title,
        evidence: ['Pod/x: no room'],
      },
    });
  });

  it('carry as much of the evidence as an address can', () => {
    const many = withEvidence(...Array.from({ length: 9 }, () => 'short'));
    expect(remedyValues(REF, {}, many).reason.evidence).toHaveLength(5);

    const long = withEvidence('x'.repeat(2_000));
    expect(remedyValues(REF, {}, long).reason.evidence).toEqual([
      `Pod/x: ${'x'.repeat(504)}…`,
    ]);

    const wide = withEvidence(
      ...Array.from({ length: 5 }, () => '日'.repeat(500)),
    );
    const values = remedyValues(REF, {}, wide);
    expect(values.reason.evidence.length).toBe(1);
    expect(encodeURIComponent(JSON.stringify(values)).length).toBeLessThan(
      6_000,
    );
  });
});
