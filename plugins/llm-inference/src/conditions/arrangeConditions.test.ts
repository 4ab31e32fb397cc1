import { arrangeConditions, ConditionNode } from './arrangeConditions';

const condition = (type: string) => ({ type, status: 'True' });

/** The types as nested lists. */
function outline(nodes: ConditionNode[]): unknown[] {
  return nodes.flatMap(({ condition: { type }, parts }) =>
    parts.length > 0 ? [type, outline(parts)] : [type],
  );
}

describe('arrangeConditions', () => {
  it('puts every condition under the one that sums it up, in any order', () => {
    const types = [
      'SchedulerWorkloadReady',
      'Ready',
      'PrefillWorkloadReady',
      'RouterReady',
      'MainWorkloadReady',
      'WorkloadsReady',
    ];
    expect(outline(arrangeConditions(types.map(condition)))).toEqual([
      'Ready',
      [
        'RouterReady',
        ['SchedulerWorkloadReady'],
        'WorkloadsReady',
        ['PrefillWorkloadReady', 'MainWorkloadReady'],
      ],
    ]);
  });

  it('moves a condition up where its summary is absent, and keeps what it does not know', () => {
    const types = ['GatewaysReady', 'Ready', 'FromANewerKServe'];
    expect(outline(arrangeConditions(types.map(condition)))).toEqual([
      'Ready',
      ['GatewaysReady'],
      'FromANewerKServe',
    ]);
  });
});
