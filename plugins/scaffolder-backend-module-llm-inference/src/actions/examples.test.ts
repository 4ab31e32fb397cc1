import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';

import { existingService } from '../__testUtils__/existingService';
import { startActions } from '../__testUtils__/startActions';

/** Actions that create; the others need a service that is there. */
const CREATING = ['llm-inference:plan', 'llm-inference:generate'];

describe('the module', () => {
  const workspace = createMockDirectory();

  it('registers these actions, and every example in their documentation runs', async () => {
    const worlds = {
      empty: await startActions(),
      existing: await startActions({
        ...existingService(),
        dryRun: () => [
          {
            object: 'LLMInferenceService/qwen2-7b-instruct-pd',
            accepted: true,
          },
        ],
      }),
    };
    expect([...worlds.empty.actions.keys()].sort()).toEqual([
      'llm-inference:generate',
      'llm-inference:plan',
      'llm-inference:retire',
      'llm-inference:update',
      'llm-inference:validate',
      'llm-inference:wait-for-health',
    ]);
    for (const id of worlds.empty.actions.keys()) {
      const world = CREATING.includes(id) ? worlds.empty : worlds.existing;
      const action = world.actions.get(id)!;
      expect(action.supportsDryRun).toBe(true);
      expect(action.examples?.length).toBeGreaterThan(0);
      for (const { example } of action.examples ?? []) {
        workspace.setContent(
          id === 'llm-inference:validate' ? existingService().repository : {},
        );
        const [{ action: named, input }] = parse(example).steps;
        expect(named).toBe(id);
        await action.handler(
          createMockActionContext({
            input,
            workspacePath: workspace.path,
          }) as never,
        );
      }
    }
    await worlds.empty.stop();
    await worlds.existing.stop();
  });
});
