import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  LlmInferenceResponseError,
  PodLogQuery,
} from 'backstage-plugin-llm-inference-common';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { pods, pool, service } from '../__testUtils__/services';
import { LogBuffer } from './LogBuffer';
import { LogsPanel } from './LogsPanel';

class LogApi extends ScriptedApi {
  readonly asked: Array<{ pod: string; query: PodLogQuery }> = [];
  readonly aborted: string[] = [];
  logError: Error | undefined;

  override async *podLog(
    _service: unknown,
    pod: string,
    query: PodLogQuery,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<string> {
    this.asked.push({ pod, query });
    if (this.logError) {
      throw this.logError;
    }
    yield `${pod} starts\nloading wei`;
    yield 'ghts\nERROR out of memory\n';
    if (query.follow) {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      this.aborted.push(pod);
    }
  }
}

function renderLogs(client = new LogApi()) {
  const status = service({
    pools: {
      prefill: pool(pods('fill', 1), { containers: ['main', 'loader'] }),
      decode: pool(
        [
          ...pods('dec', 1),
          ...pods('dec-bad', 1, { ready: false, reason: 'CrashLoopBackOff' }),
        ],
        { containers: ['main', 'llm-d-routing-sidecar'] },
      ),
    },
  });
  renderPlugin(<LogsPanel service={status} />, client);
  return client;
}

const text = () => screen.findByRole<HTMLTextAreaElement>('textbox');

describe('LogsPanel', () => {
  it('follows the engine of the pod that needs attention first', async () => {
    const client = renderLogs();

    await waitFor(async () =>
      expect((await text()).value).toBe(
        'dec-bad-0 starts\nloading weights\nERROR out of memory',
      ),
    );
    expect(client.asked).toEqual([
      {
        pod: 'dec-bad-0',
        query: { container: 'main', follow: true, previous: false },
      },
    ]);
    expect(screen.getByText('3 lines · following')).toBeVisible();
  });

  it('offers the containers that the pods of the pool have', async () => {
    const user = userEvent.setup();
    const client = renderLogs();
    await screen.findByText('3 lines · following');
    await user.click(screen.getByRole('button', { name: /Container/ }));
    expect(
      screen.getAllByRole('option').map(option => option.textContent),
    ).toEqual(['main', 'llm-d-routing-sidecar']);
    await user.click(
      screen.getByRole('option', { name: 'llm-d-routing-sidecar' }),
    );

    await waitFor(() =>
      expect(client.asked.at(-1)?.query.container).toBe(
        'llm-d-routing-sidecar',
      ),
    );
  });

  it('leaves only the lines that match a search', async () => {
    renderLogs();
    await screen.findByText('3 lines · following');
    await userEvent.type(screen.getByRole('searchbox'), 'error');

    expect((await text()).value).toBe('ERROR out of memory');
    expect(screen.getByText('1 of 3 lines match · following')).toBeVisible();
  });

  it('reads the run before, and closes what it followed', async () => {
    const client = renderLogs();
    await screen.findByText('3 lines · following');
    await userEvent.click(screen.getByRole('switch', { name: 'Run before' }));

    expect(await screen.findByText('3 lines · ended')).toBeVisible();
    expect(client.asked.at(-1)?.query).toEqual({
      container: 'main',
      follow: false,
      previous: true,
    });
    expect(client.aborted).toEqual(['dec-bad-0']);
  });

  it('wraps long lines, or not', async () => {
    renderLogs();
    expect(await text()).toHaveAttribute('wrap', 'soft');
    await userEvent.click(screen.getByRole('switch', { name: 'Wrap' }));
    expect(await text()).toHaveAttribute('wrap', 'off');
  });

  it('says why a log cannot be read', async () => {
    const client = new LogApi();
    client.logError = new LlmInferenceResponseError(
      403,
      'Logs are off in this portal',
    );
    renderLogs(client);

    expect(await screen.findByText('The log cannot be read')).toBeVisible();
    expect(screen.getByText('Logs are off in this portal')).toBeVisible();
  });
});

describe('LogBuffer', () => {
  it('keeps the last lines, whole ones', () => {
    const buffer = new LogBuffer(2);
    buffer.add('one\ntwo\nth');
    expect(buffer.lines()).toEqual(['one', 'two', 'th']);
    buffer.add('ree\nfour\n');
    expect(buffer.lines()).toEqual(['three', 'four']);
  });
});
