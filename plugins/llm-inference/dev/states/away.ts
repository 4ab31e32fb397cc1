import { LlmInferenceResponseError } from 'backstage-plugin-llm-inference-common';
import { entityStatus, NOW, service } from '../../src/__testUtils__/services';
import type { DevState } from './DevState';

/** What is shown where a service is not known, not known any more, or not to be seen. */
export const awayStates: Record<string, DevState> = {
  stale: {
    answer: entityStatus([
      service(
        {},
        {
          freshness: {
            state: 'Stale',
            asOf: NOW,
            message: 'connect ECONNREFUSED 10.0.0.1:6443',
          },
        },
      ),
    ]),
  },
  'cluster-down': {
    answer: entityStatus([], {
      reason: 'Unreachable',
      clusters: [
        {
          name: 'gpu-east',
          title: 'GPU East',
          state: 'Unreachable',
          since: NOW,
          message: 'connect ECONNREFUSED 10.0.0.1:6443',
          resources: {},
        },
      ],
    }),
  },
  'one-cluster-down': {
    answer: entityStatus([service()], {
      clusters: [
        {
          name: 'gpu-west',
          title: 'GPU West',
          state: 'AuthFailed',
          since: NOW,
          message: 'The API server answered 401',
          resources: {},
        },
      ],
    }),
  },
  polling: { answer: entityStatus([service()]), stream: 'Polling' },
  'backend-away': { answer: entityStatus([service()]), stream: 'Away' },
  loading: { answer: undefined },
  'missing-annotation': { answer: undefined },
  'not-found': { answer: entityStatus([], { reason: 'NotFound' }) },
  'binding-not-verified': {
    answer: entityStatus([], { reason: 'BindingNotVerified' }),
  },
  syncing: { answer: entityStatus([], { reason: 'Syncing' }) },
  denied: { answer: new LlmInferenceResponseError(403, 'Not allowed') },
  failed: {
    answer: new LlmInferenceResponseError(
      503,
      'The llm-inference plugin is starting; try again in a moment',
    ),
    stream: 'Away',
  },
};
