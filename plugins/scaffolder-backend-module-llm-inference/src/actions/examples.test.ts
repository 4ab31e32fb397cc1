import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';

import { startActions } from '../__testUtils__/startActions';

describe('examples in the documentation of the actions', () => {
  const workspace = createMockDirectory();

  it('all run', async () => {
    const { actions, stop } = await startActions();
    const ran: string[] = [];
    for (const action of actions.values()) {
      for (const { description, example } of action.examples ?? []) {
        workspace.clear();
        for (const { action: id, input } of parse(example).steps) {
          expect(id).toBe(action.id);
          await action.handler(
            createMockActionContext({
              input: { repository: 'shared', ...input } as never,
              workspacePath: workspace.path,
            }) as never,
          );
        }
        ran.push(`${action.id}: ${description}`);
      }
    }
    await stop();
    expect(ran.length).toBeGreaterThanOrEqual(actions.size);
  });
});
