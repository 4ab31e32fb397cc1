import type { ReportedCondition } from 'backstage-plugin-llm-inference-common';

/** A condition with those that it sums up. */
export interface ConditionNode {
  condition: ReportedCondition;
  parts: ConditionNode[];
}

/** Which condition sums up which; a condition that is not named here stands at the top. */
const SUMMED_UP_BY: Record<string, string> = {
  PresetsCombined: 'Ready',
  WorkloadsReady: 'Ready',
  RouterReady: 'Ready',
  MainWorkloadReady: 'WorkloadsReady',
  WorkerWorkloadReady: 'WorkloadsReady',
  PrefillWorkloadReady: 'WorkloadsReady',
  PrefillWorkerWorkloadReady: 'WorkloadsReady',
  ScalingReady: 'WorkloadsReady',
  PrefillScalingReady: 'WorkloadsReady',
  GatewaysReady: 'RouterReady',
  HTTPRoutesReady: 'RouterReady',
  InferencePoolReady: 'RouterReady',
  SchedulerWorkloadReady: 'RouterReady',
  TokenizerReady: 'RouterReady',
};

/** Arranges reported conditions as KServe sums them up; one whose summary is absent moves up. */
export function arrangeConditions(
  conditions: ReportedCondition[],
): ConditionNode[] {
  const nodes = new Map<string, ConditionNode>(
    conditions.map(condition => [condition.type, { condition, parts: [] }]),
  );
  const roots: ConditionNode[] = [];
  for (const node of nodes.values()) {
    const parent = nearestParent(node.condition.type, nodes);
    (parent ? parent.parts : roots).push(node);
  }
  return roots;
}

function nearestParent(
  type: string,
  nodes: Map<string, ConditionNode>,
): ConditionNode | undefined {
  let parent = SUMMED_UP_BY[type];
  while (parent !== undefined && !nodes.has(parent)) {
    parent = SUMMED_UP_BY[parent];
  }
  return parent === undefined ? undefined : nodes.get(parent);
}
