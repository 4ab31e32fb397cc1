import type { KvTransferHealth } from 'backstage-plugin-llm-inference-common';
import { kvLook } from './kvLook';

describe('kvLook', () => {
  it.each<
    [
      KvTransferHealth['configuration'],
      KvTransferHealth['effectiveness'],
      string,
      string,
    ]
  >([
    ['Paired', 'Effective', 'intact', 'positive'],
    ['Paired', 'Idle', 'intact', 'neutral'],
    ['Paired', 'Unmeasurable', 'intact', 'neutral'],
    ['Paired', 'Suspect', 'intact', 'warning'],
    ['Paired', 'Bypassed', 'broken', 'warning'],
    ['DecodeOnly', 'Unmeasurable', 'broken', 'warning'],
    ['PrefillOnly', 'Unmeasurable', 'broken', 'warning'],
    ['Mismatched', 'Unmeasurable', 'broken', 'warning'],
    ['None', 'Unmeasurable', 'broken', 'warning'],
    ['Unknown', 'Unmeasurable', 'unknown', 'neutral'],
  ])(
    'draws %s and %s as an %s line in a %s tone',
    (configuration, effectiveness, line, tone) => {
      expect(
        kvLook({
          configuration,
          effectiveness,
          fabric: 'Rdma',
          evidence: [],
        }),
      ).toEqual({ line, tone });
    },
  );
});
