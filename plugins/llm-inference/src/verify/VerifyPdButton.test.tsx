import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LlmInferenceResponseError } from 'backstage-plugin-llm-inference-common';
import type {
  ServiceRef,
  ServiceStatus,
  VerifyPdResult,
} from 'backstage-plugin-llm-inference-common';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { service } from '../__testUtils__/services';
import { VerifyPdButton } from './VerifyPdButton';

const moved: VerifyPdResult = {
  service: { cluster: 'gpu-east', namespace: 'llm-demo', name: 'qwen' },
  at: '2026-11-22T14:02:00Z',
  outcome: 'Moved',
  summary: 'KV cache moved',
  request: {
    url: 'https://llm.example.com/llm-demo/qwen/v1/completions',
    model: 'Qwen/Qwen2-7B-Instruct',
    seconds: 1.24,
    promptTokens: 2100,
  },
  counted: {
    answered: 1,
    transfers: 1,
    failedTransfers: 0,
    bytes: 224e6,
    transferSeconds: 0.02,
    externalTokens: null,
    prefillTokens: 2100,
  },
  bandwidth: 11.2e9,
  fabric: 'Rdma',
};

class VerifyApi extends ScriptedApi {
  readonly verified: ServiceRef[] = [];
  answer: VerifyPdResult | Error | undefined;

  override async verifyPd(ref: ServiceRef): Promise<VerifyPdResult> {
    this.verified.push(ref);
    if (this.answer instanceof Error) {
      throw this.answer;
    }
    return this.answer ?? new Promise<never>(() => {});
  }
}

function renderButton({
  status = service(),
  answer,
  isOn = true,
  may = true,
  entityRef = 'component:default/qwen',
}: {
  status?: ServiceStatus;
  answer?: VerifyPdResult | Error;
  isOn?: boolean;
  may?: boolean;
  entityRef?: string;
} = {}) {
  const client = new VerifyApi();
  client.answer = answer;
  renderPlugin(
    <VerifyPdButton service={status} entityRef={entityRef} />,
    client,
    {
      config: { llmInference: { verifyPd: { enabled: isOn } } },
      allowed: may,
    },
  );
  return client;
}

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('VerifyPdButton', () => {
  it('says what it will do before anything is sent', async () => {
    const client = renderButton({ answer: moved });
    await press('Verify PD');

    expect(
      await screen.findByRole('dialog', { name: 'Verify that KV cache moves' }),
    ).toHaveTextContent(
      'to https://llm.example.com/llm-demo/qwen, model Qwen/Qwen2-7B-Instruct',
    );
    expect(client.verified).toEqual([]);
    await press('Cancel');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(client.verified).toEqual([]);
  });

  it('tells whether KV cache moved, how much, how fast and over what', async () => {
    const client = renderButton({ answer: moved });
    await press('Verify PD');
    await press('Send the request');

    expect(
      await screen.findByText('KV cache moved from prefill to decode'),
    ).toBeVisible();
    const dialog = screen.getByRole('dialog');
    for (const row of [
      'OverRDMA',
      'Moved224 MB',
      'Transfer took20 ms',
      'Bandwidth11.2 GB/s',
      'Prompt tokens that came as KV cachenot known',
      'The request2,100 prompt tokens, answered in 1.24 sec',
    ]) {
      expect(dialog).toHaveTextContent(row);
    }
    expect(client.verified).toEqual([moved.service]);
  });

  it.each([
    ['NotMoved', 'KV cache did not move'],
    ['Unknown', 'Nothing is proven'],
  ] as const)('tells %s apart', async (outcome, title) => {
    renderButton({ answer: { ...moved, outcome, bandwidth: null } });
    await press('Verify PD');
    await press('Send the request');

    expect(await screen.findByText(title)).toBeVisible();
    expect(screen.getByRole('dialog')).toHaveTextContent('Overnot known');
  });

  it('says so where the numbers are not of its own request alone', async () => {
    renderButton({
      answer: { ...moved, counted: { ...moved.counted, answered: 7 } },
    });
    await press('Verify PD');
    await press('Send the request');

    expect(
      await screen.findByText(/Requests of others were answered/),
    ).toBeVisible();
  });

  it('shows that it is on its way, and cannot be sent twice', async () => {
    renderButton();
    await press('Verify PD');
    await press('Send the request');

    expect(await screen.findByText(/The request is on its way/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Send the request' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    [409, 'The service was verified 12 seconds ago', 'Verified a moment ago'],
    [503, 'The endpoint answered 502', 'The request was not answered'],
    [403, 'Verifying is off in this portal', 'Not allowed'],
    [500, 'Something else', 'Verifying failed'],
  ])('explains an answer of %i', async (status, message, title) => {
    renderButton({ answer: new LlmInferenceResponseError(status, message) });
    await press('Verify PD');
    await press('Send the request');

    expect(await screen.findByText(title)).toBeVisible();
    expect(screen.getByText(message)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Verify again' })).toBeEnabled();
  });

  it.each([
    ['is stopped', service({ verdict: 'Stopped' }), /nobody would answer/],
    ['has no endpoint', service({ endpoints: [] }), /names no endpoint/],
  ])('sends nothing where the service %s', async (_why, status, reason) => {
    const client = renderButton({ status, answer: moved });
    await press('Verify PD');

    expect(await screen.findByText(reason)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Send the request' }),
    ).toBeDisabled();
    expect(client.verified).toEqual([]);
  });

  it.each([
    ['the portal does not offer it', { isOn: false }],
    ['the user may not', { may: false, entityRef: 'component:default/denied' }],
    ['there is no prefill pool', { status: service({ disaggregated: false }) }],
    [
      'the service does not name the entity',
      { status: service({}, { binding: 'Annotation' as const }) },
    ],
  ])('is not there where %s', async (_why, options) => {
    renderButton(options);
    // Decisions are remembered per entity.
    renderButton({ entityRef: 'component:default/other' });

    // The second button proves that the first had its time to appear.
    expect(
      await screen.findAllByRole('button', { name: 'Verify PD' }),
    ).toHaveLength(1);
  });
});
