import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import {
  createLlmInferenceClient,
  llmInferenceApiRef,
} from '../api/llmInferenceApiRef';
import { LiveStatus } from '../live/LiveStatus';
import { liveStatusApiRef } from '../live/LiveStatusApi';

export const clientApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: llmInferenceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createLlmInferenceClient(fetchApi),
    }),
});

export const liveStatusApi = ApiBlueprint.make({
  name: 'live-status',
  params: defineParams =>
    defineParams({
      api: liveStatusApiRef,
      deps: { client: llmInferenceApiRef },
      factory: ({ client }) => new LiveStatus({ client }),
    }),
});
