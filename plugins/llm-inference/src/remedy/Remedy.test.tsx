import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import type { Cause } from 'backstage-plugin-llm-inference-common';
import { insufficientRdma, modelAccessDenied } from '../__testUtils__/causes';
import {
  changeTemplate,
  serviceEntity,
  serviceInGit,
} from '../__testUtils__/entities';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { health } from '../__testUtils__/services';
import { CHANGE_TEMPLATE } from './changeTemplate';
import { Remedy } from './Remedy';

const sideChannel: Cause = {
  ...insufficientRdma,
  id: 'side-channel-host-unset',
  pool: 'prefill',
  title: 'Prefill advertises the wrong address',
  evidence: [
    {
      kind: 'Spec',
      object: 'Pod/qwen-kserve-prefill-0',
      quote: 'VLLM_NIXL_SIDE_CHANNEL_HOST is not set',
    },
  ],
};

const OPEN = 'Open a pull request with this change';

function renderRemedy(
  options: {
    cause?: Cause;
    entity?: Entity;
  } & Parameters<typeof renderPlugin>[2] = {},
) {
  const {
    cause = sideChannel,
    entity = serviceInGit('qwen'),
    ...more
  } = options;
  renderPlugin(
    <EntityProvider entity={entity}>
      <Remedy
        cause={cause}
        health={health({ causes: [cause] })}
        changeTemplate={CHANGE_TEMPLATE}
      />
      <p>drawn</p>
    </EntityProvider>,
    new ScriptedApi(),
    { entities: [changeTemplate], ...more },
  );
}

describe('Remedy', () => {
  it('opens the form with exactly the change, its cause and the evidence', async () => {
    renderRemedy();

    const link = await screen.findByRole('link', { name: OPEN });
    const url = new URL(link.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/change-pd-service');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      entityRef: 'component:default/qwen',
      sideChannelHost: 'pod-ip',
      reason: {
        cause: 'side-channel-host-unset',
        pool: 'prefill',
        title: 'Prefill advertises the wrong address',
        evidence: [
          'Pod/qwen-kserve-prefill-0: VLLM_NIXL_SIDE_CHANNEL_HOST is not set',
        ],
      },
    });
    expect(
      screen.getByText(
        'Address for the handshake of both pools: the one of each pod',
      ),
    ).toBeVisible();
  });

  it('offers nothing where no change of the manifest is known', async () => {
    renderRemedy({ cause: modelAccessDenied });

    expect(await screen.findByText('drawn')).toBeVisible();
    expect(screen.queryByText(OPEN)).not.toBeInTheDocument();
  });

  it.each<[string, Parameters<typeof renderRemedy>[0], RegExp]>([
    ['there is no template', { entities: [] }, /is not in the catalog/],
    ['there is no scaffolder', { scaffolder: false }, /must be made in Git/],
    [
      'the entity is in no repository',
      { entity: serviceEntity('qwen') },
      /does not come from a file in Git/,
    ],
    [
      'the service belongs to others',
      {
        entity: {
          ...serviceInGit('qwen'),
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/chat-team' },
          ],
        },
      },
      /Ask chat-team for it/,
    ],
  ])('says why there is no button where %s', async (_, options, words) => {
    renderRemedy(options);

    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: OPEN }),
    ).not.toBeInTheDocument();
  });
});
