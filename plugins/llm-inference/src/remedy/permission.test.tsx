import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { insufficientRdma } from '../__testUtils__/causes';
import { changeTemplate, serviceInGit } from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { health } from '../__testUtils__/services';
import { CHANGE_TEMPLATE } from './changeTemplate';
import { Remedy } from './Remedy';

// In a file of its own: decisions about permissions are kept for as long as the page is open.
describe('a remedy without the permission to run templates', () => {
  it('says so in place of the button', async () => {
    renderPlugin(
      <EntityProvider entity={serviceInGit('qwen')}>
        <Remedy
          cause={{ ...insufficientRdma, id: 'kv-connector-missing' }}
          health={health()}
          changeTemplate={CHANGE_TEMPLATE}
        />
      </EntityProvider>,
      new ScriptedApi(),
      { entities: [changeTemplate], allowed: false },
    );

    expect(await screen.findByText(/may not run/)).toBeVisible();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
