import type { SourceState } from 'backstage-plugin-llm-inference-common';
import { ServiceBoard } from '../assess/ServiceBoard';
import { isComplete } from './completeness';

const SINCE = '2026-11-22T10:00:00Z';
const MINUTE = 60_000;

function cluster(services: SourceState, pods: SourceState = 'Live') {
  return {
    name: 'gpu-east',
    status: () => ({
      resources: {
        llminferenceservices: { state: services, since: SINCE },
        pods: { state: pods, since: SINCE },
      },
    }),
    store: { services: () => [] },
  };
}

const after = (minutes: number, watched: ReturnType<typeof cluster>) =>
  isComplete(watched, new ServiceBoard(), Date.parse(SINCE) + minutes * MINUTE);

describe('whether a service that is not seen does not exist', () => {
  it('is known of a cluster that is watched', () => {
    expect(after(0, cluster('Live'))).toBe(true);
  });

  it.each([
    'Stale',
    'Unreachable',
    'Forbidden',
    'AuthFailed',
    'Syncing',
  ] as const)('is never known while services are %s', state => {
    expect(after(600, cluster(state))).toBe(false);
  });

  it('is known once the kind has not been served for ten minutes by a cluster that answers', () => {
    expect(after(9, cluster('NotServed'))).toBe(false);
    expect(after(10, cluster('NotServed'))).toBe(true);
    expect(after(10, cluster('NotServed', 'Stale'))).toBe(false);
    expect(after(10, cluster('NotServed', 'NotServed'))).toBe(false);
  });

  it('is not known of a cluster that is not there', () => {
    expect(isComplete(undefined, new ServiceBoard())).toBe(false);
  });
});
