import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LlmInferenceResponseError } from 'backstage-plugin-llm-inference-common';
import type {
  MetricSeries,
  ServiceMetrics,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { service } from '../__testUtils__/services';
import { MetricsPanel } from './MetricsPanel';

const SCHEDULER_CLOSED = 'The scheduler wants a token for its metrics';

function series(
  change: Pick<MetricSeries, 'id' | 'unit' | 'values'> & Partial<MetricSeries>,
): MetricSeries {
  return { title: change.id, part: 'decode', ...change };
}

function measured(change: Partial<ServiceMetrics> = {}): ServiceMetrics {
  return {
    service: { cluster: 'gpu-east', namespace: 'llm-demo', name: 'qwen' },
    source: 'PodProxy',
    intervalSeconds: 30,
    windowSeconds: 120,
    times: [
      '2020-05-05T12:00:00Z',
      '2020-05-05T12:00:30Z',
      '2020-05-05T12:01:00Z',
    ],
    series: [
      series({
        id: 'kv-transfer-bandwidth',
        unit: 'bytes/s',
        values: [11e9, null, 10.5e9],
      }),
      series({ id: 'request-rate', unit: 'requests/s', values: [2, 2, 2] }),
      ...[0.5, 0.99].map(quantile =>
        series({
          id: 'inter-token-latency',
          unit: 'seconds',
          quantile,
          values: [0.011, 0.012, 0.013 * quantile],
        }),
      ),
    ],
    unmeasured: [],
    ...change,
  };
}

class MetricsApi extends ScriptedApi {
  readonly windows: { from?: string }[] = [];

  constructor(public answer: ServiceMetrics | Error | undefined) {
    super();
  }

  override async getMetrics(
    _service: unknown,
    window: { from?: string } = {},
  ): Promise<ServiceMetrics> {
    this.windows.push(window);
    if (this.answer instanceof Error) {
      throw this.answer;
    }
    return this.answer ?? new Promise<never>(() => {});
  }
}

function renderMetrics(
  answer: ServiceMetrics | Error | undefined,
  change: Partial<ServingHealth> = {},
) {
  const client = new MetricsApi(answer);
  renderPlugin(<MetricsPanel service={service(change)} />, client);
  return client;
}

const chart = (name: string) => screen.findByRole('figure', { name });

describe('MetricsPanel', () => {
  it('tells the newest value of every line with its unit', async () => {
    renderMetrics(measured());

    expect(await chart('Bandwidth while KV cache moves')).toHaveTextContent(
      '10.5 GB/s',
    );
    const latency = await chart('Time between tokens');
    expect(latency).toHaveTextContent('p506.5 ms');
    expect(latency).toHaveTextContent('p9912.9 ms');
    expect(
      screen.getByText(/Read from the pods every 30 s; .* over 120 s/),
    ).toBeVisible();
  });

  it('writes the same numbers as tables, and what is not known as such', async () => {
    renderMetrics(measured());
    await userEvent.click(await screen.findByRole('radio', { name: 'Tables' }));

    const table = within(
      await chart('Bandwidth while KV cache moves'),
    ).getByRole('table');
    const cells = within(table)
      .getAllByRole('cell')
      .map(cell => cell.textContent);
    expect(cells).toEqual(['10.5 GB/s', 'not known', '11 GB/s']);
    expect(
      screen.getByRole('region', { name: 'Bandwidth while KV cache moves' }),
    ).toHaveAttribute('tabindex', '0');
  });

  it('reads the window that is asked for', async () => {
    const client = renderMetrics(measured());
    const minutes = ({ from }: { from?: string }) =>
      from && Math.round((Date.now() - Date.parse(from)) / 60_000);
    await userEvent.click(await screen.findByRole('radio', { name: '1 hour' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'All' }));

    expect(client.windows.map(minutes)).toEqual([15, 60, undefined]);
  });

  it('says in place of a chart why it has no data', async () => {
    renderMetrics(
      measured({
        unmeasured: [
          {
            pod: 'qwen-kserve-router-scheduler-0',
            problem: 'Unmeasured',
            message: SCHEDULER_CLOSED,
          },
        ],
      }),
    );

    expect(await screen.findByText('1 pod is not measured')).toBeVisible();
    expect(
      await chart('Time to first token, as users see it'),
    ).toHaveTextContent(`Not measured: ${SCHEDULER_CLOSED}`);
    expect(await chart('KV transfers lost')).toHaveTextContent(
      'the pods tell nothing about it',
    );
  });

  it('groups pods that cannot be measured for one reason', async () => {
    renderMetrics(
      measured({
        unmeasured: ['qwen-kserve-0', 'qwen-kserve-1'].map(pod => ({
          pod,
          problem: 'Forbidden',
          message: 'pods/proxy is forbidden',
        })),
      }),
    );

    expect(await screen.findByText('2 pods are not measured')).toBeVisible();
    expect(
      screen.getByText(/qwen-kserve-0, qwen-kserve-1\. pods\/proxy/),
    ).toBeVisible();
  });

  it('leaves KV transfer out where there is no prefill pool', async () => {
    renderMetrics(measured(), { disaggregated: false });

    expect(await chart('Time between tokens')).toBeVisible();
    expect(
      screen.queryByRole('heading', { name: 'KV transfer' }),
    ).not.toBeInTheDocument();
  });

  it('shows that it is reading, and no number yet', async () => {
    renderMetrics(undefined);

    expect(
      await screen.findByText('Reading what was measured…'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('figure')).not.toBeInTheDocument();
  });

  it.each([
    ['metrics are off', measured({ source: 'Off' }), 'Metrics are off'],
    [
      'nothing was measured yet',
      measured({ times: [], series: [] }),
      'Nothing measured yet',
    ],
    [
      'the user may not see it',
      new LlmInferenceResponseError(404, 'No such service'),
      'No permission',
    ],
    [
      'reading fails',
      new Error('The backend is away'),
      'The measurements could not be read',
    ],
  ])('says so where %s', async (_why, answer, title) => {
    renderMetrics(answer);

    expect(await screen.findByText(title)).toBeVisible();
    expect(screen.queryByRole('figure')).not.toBeInTheDocument();
  });

  it('says of a stopped service that there is nothing to measure', async () => {
    renderMetrics(measured({ times: [], series: [] }), { verdict: 'Stopped' });

    expect(
      await screen.findByText('A stopped service has no pods to measure.'),
    ).toBeVisible();
  });

  it('reads again on request after a failure', async () => {
    const client = renderMetrics(new Error('The backend is away'));
    await screen.findByText('The backend is away');
    client.answer = measured();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await chart('Bandwidth while KV cache moves')).toBeVisible();
  });

  it('keeps the last numbers and says so when the backend goes away', async () => {
    jest.useFakeTimers();
    try {
      const client = renderMetrics(measured());
      await chart('Bandwidth while KV cache moves');
      client.answer = new Error('The backend is away');
      await act(async () => jest.advanceTimersByTimeAsync(31_000));

      expect(
        screen.getByText(/the portal backend does not answer/),
      ).toBeVisible();
      expect(await chart('Bandwidth while KV cache moves')).toHaveTextContent(
        '10.5 GB/s',
      );
    } finally {
      jest.useRealTimers();
    }
  });
});
