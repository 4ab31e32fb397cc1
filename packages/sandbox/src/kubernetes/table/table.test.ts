import { KubeObject } from '../../cluster/ClusterStore';
import { age } from './age';
import { readJsonPath } from './jsonPath';
import { podSummary } from './podStatus';

const NOW = new Date('2026-01-10T00:00:00Z');
const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString();

it.each([
  [0, '0s'],
  [119, '119s'],
  [121, '2m1s'],
  [600, '10m'],
  [3 * 3600, '3h'],
  [3 * 3600 + 25 * 60, '3h25m'],
  [47 * 3600, '47h'],
  [3 * 86400 + 4 * 3600, '3d4h'],
  [30 * 86400, '30d'],
  [800 * 86400, '2y70d'],
  [9 * 365 * 86400, '9y'],
])('%d seconds ago is %s', (seconds, expected) => {
  expect(age(ago(seconds), NOW)).toBe(expected);
});

it('has no age without a time', () => {
  expect(age(undefined, NOW)).toBe('<unknown>');
});

describe('readJsonPath', () => {
  const object = {
    status: {
      url: 'u',
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Other', status: 'False' },
      ],
    },
    list: [{ n: 1 }, { n: 2 }],
  };

  it.each([
    ['.status.url', ['u']],
    [".status.conditions[?(@.type=='Ready')].status", ['True']],
    ['.status.conditions[?(@.type=="Other")].status', ['False']],
    ['.list[*].n', [1, 2]],
    ['.list[1].n', [2]],
    [".status['url']", ['u']],
    ['.absent.more', []],
    ['..url', []],
  ])('%s', (path, expected) => {
    expect(readJsonPath(object, path)).toEqual(expected);
  });
});

describe('podSummary', () => {
  const pod = (
    status: object,
    initContainers: object[] = [],
    metadata: object = {},
  ): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...metadata },
    spec: { containers: [{ name: 'main' }], initContainers },
    status,
  });
  const running = { name: 'main', ready: true, state: { running: {} } };
  const sidecar = { name: 'side', restartPolicy: 'Always' };

  it.each([
    ['pending', pod({ phase: 'Pending' }), '0/1 Pending 0'],
    [
      'running beside a sidecar',
      pod(
        {
          phase: 'Running',
          initContainerStatuses: [{ name: 'side', ready: true, started: true }],
          containerStatuses: [running],
        },
        [sidecar],
      ),
      '2/2 Running 0',
    ],
    [
      'waiting for an init container',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'load', state: { waiting: { reason: 'PodInitializing' } } },
          ],
          containerStatuses: [
            { name: 'main', state: { waiting: { reason: 'PodInitializing' } } },
          ],
        },
        [{ name: 'load' }],
      ),
      '0/1 Init:0/1 0',
    ],
    [
      'with an init container that crashes',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [
            {
              name: 'load',
              restartCount: 4,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { finishedAt: ago(300) } },
            },
          ],
        },
        [{ name: 'load' }],
      ),
      '0/1 Init:CrashLoopBackOff 4 (5m ago)',
    ],
    [
      'killed for memory',
      pod({
        phase: 'Running',
        containerStatuses: [
          {
            name: 'main',
            restartCount: 1,
            state: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
          },
        ],
      }),
      '0/1 OOMKilled 1',
    ],
    [
      'going',
      pod({ phase: 'Running', containerStatuses: [running] }, [], {
        deletionTimestamp: ago(1),
      }),
      '1/1 Terminating 0',
    ],
    ['evicted', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1 Evicted 0'],
  ])('of a pod %s', (_what, object, expected) => {
    const { ready, status, restarts } = podSummary(object, NOW);
    expect(`${ready} ${status} ${restarts}`).toBe(expected);
  });
});
