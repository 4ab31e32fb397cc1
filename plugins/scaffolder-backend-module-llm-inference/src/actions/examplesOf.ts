import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Examples of an action as the scaffolder's documentation page shows them. */
export function examplesOf(
  action: string,
  examples: Array<{ description: string; input: Record<string, unknown> }>,
): TemplateExample[] {
  return examples.map(({ description, input }) => ({
    description,
    example: stringify({
      steps: [{ id: 'service', action, name: description, input }],
    }),
  }));
}
