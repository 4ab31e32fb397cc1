import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Timeline } from 'backstage-plugin-llm-inference-common';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { service } from '../__testUtils__/services';
import { HistoryPanel } from './HistoryPanel';

const ref = { cluster: 'gpu-east', namespace: 'llm-demo', name: 'qwen' };

const timeline: Timeline = {
  service: ref,
  from: '2020-05-04T12:00:00Z',
  until: '2020-05-05T12:00:00Z',
  segments: [
    {
      from: '2020-05-04T12:00:00Z',
      until: '2020-05-04T18:00:00Z',
      verdict: 'Healthy',
    },
    { from: '2020-05-04T18:00:00Z', until: '2020-05-05T00:00:00Z' },
    {
      from: '2020-05-05T00:00:00Z',
      until: '2020-05-05T12:00:00Z',
      verdict: 'Unavailable',
      rootCause: 'gpu-memory-exceeded',
    },
  ],
  transitions: [
    {
      service: ref,
      at: '2020-05-04T12:00:00Z',
      verdict: 'Healthy',
      summary: 'All pods serve.',
    },
    {
      service: ref,
      at: '2020-05-05T00:00:00Z',
      previousVerdict: 'Healthy',
      verdict: 'Unavailable',
      summary: 'Decode ran out of GPU memory.',
    },
  ],
  truncated: false,
  availability: {
    seconds: { Healthy: 21_600, Unavailable: 43_200 },
    unobservedSeconds: 21_600,
    ratio: 1 / 3,
  },
};

function renderHistory(answer: Timeline | Error) {
  const client = new ScriptedApi();
  const getTimeline = jest
    .spyOn(client, 'getTimeline')
    .mockImplementation(async () => {
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    });
  renderPlugin(<HistoryPanel service={service()} />, client);
  return getTimeline;
}

describe('HistoryPanel', () => {
  it('tells which share of the day had which verdict, and what was not observed', async () => {
    renderHistory(timeline);

    expect(
      await screen.findByRole('img', {
        name: 'Unavailable 50%, Healthy 25%, Not observed 25%',
      }),
    ).toBeVisible();
    expect(screen.getByText('33%')).toBeVisible();
  });

  it('lists the changes of verdict, newest first', async () => {
    renderHistory(timeline);

    await screen.findByRole('list', { name: 'Changes of verdict' });
    const items = screen.getAllByRole('listitem').map(item => item.textContent);
    expect(items[0]).toContain('UnavailableDecode ran out of GPU memory.');
    expect(items[1]).toContain('HealthyAll pods serve.');
  });

  it('reads a week where a week is asked for', async () => {
    const getTimeline = renderHistory(timeline);
    await userEvent.click(await screen.findByRole('radio', { name: '7 days' }));

    await waitFor(() => expect(getTimeline).toHaveBeenCalledTimes(2));
    const hours = getTimeline.mock.calls.map(([, window]) =>
      Math.round(
        (Date.now() - new Date(window?.from ?? 0).getTime()) / 3_600_000,
      ),
    );
    expect(hours).toEqual([24, 168]);
  });

  it('counts nothing where nothing was to be answered', async () => {
    renderHistory({
      ...timeline,
      transitions: [],
      availability: { seconds: {}, unobservedSeconds: 86_400, ratio: null },
    });

    expect(
      await screen.findByText(/no time in which requests were to be answered/),
    ).toBeVisible();
    expect(screen.getByText('The verdict did not change.')).toBeVisible();
  });

  it('says why it could not be read', async () => {
    renderHistory(new Error('The database is away'));

    expect(await screen.findByText('The database is away')).toBeVisible();
  });
});
