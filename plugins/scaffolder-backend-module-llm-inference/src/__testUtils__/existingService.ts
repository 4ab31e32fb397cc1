import {
  generateManifests,
  parseProfiles,
  planPdService,
} from 'backstage-plugin-llm-inference-common';

import { PROFILES } from './profiles';
import type { World } from './startActions';

const FOLDER = 'services/qwen2-7b-instruct-pd';

/** A service as this module creates it, merged: in the repository and in the catalog. */
export function existingService(): World & {
  repository: Record<string, string>;
} {
  const [profile] = parseProfiles(PROFILES);
  const spec = planPdService(
    {
      profile: 'h100-roce',
      name: 'qwen2-7b-instruct-pd',
      model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct' },
      prefill: { replicas: 2 },
      decode: { replicas: 1 },
      owner: 'group:default/ml-platform',
    },
    profile,
  );
  if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
  return {
    repository: Object.fromEntries(
      generateManifests(spec.value).map(({ path, content }) => [
        `${FOLDER}/${path}`,
        content,
      ]),
    ),
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'qwen2-7b-instruct-pd',
          namespace: 'default',
          annotations: {
            'serving.kserve.io/llm-inference-service':
              'llm-demo/qwen2-7b-instruct-pd',
            'llm-inference.backstage.io/profile': 'h100-roce',
            'backstage.io/managed-by-location': `url:https://github.com/platform/llm-gitops/blob/main/${FOLDER}/catalog-info.yaml`,
          },
        },
        relations: [
          { type: 'ownedBy', targetRef: 'group:default/ml-platform' },
          {
            type: 'providesApi',
            targetRef: 'api:default/qwen2-7b-instruct-pd',
          },
          {
            type: 'dependsOn',
            targetRef: 'resource:default/qwen2-7b-instruct-pd-model',
          },
          { type: 'dependencyOf', targetRef: 'component:default/chatbot' },
        ],
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'API',
        metadata: { name: 'qwen2-7b-instruct-pd', namespace: 'default' },
        relations: [
          { type: 'apiConsumedBy', targetRef: 'component:default/search' },
        ],
      },
    ],
    statuses: [statusOf('Healthy', '2 prefill and 1 decode pods serve.')],
  };
}

/** What the backend answers about the service, as far as the actions read it. */
export function statusOf(verdict: string, summary: string) {
  return {
    entityRef: 'component:default/qwen2-7b-instruct-pd',
    services: [
      {
        service: {
          cluster: 'gpu-east',
          namespace: 'llm-demo',
          name: 'qwen2-7b-instruct-pd',
        },
        health: { verdict, summary },
      },
    ],
    clusters: [],
  };
}
