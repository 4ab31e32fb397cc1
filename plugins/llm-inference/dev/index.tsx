import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import llmInferencePlugin from '../src';
import { llmInferenceApiRef } from '../src/api/llmInferenceApiRef';
import { DevApi } from './DevApi';

const scriptedClient = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: llmInferenceApiRef,
      deps: {},
      factory: () => new DevApi(),
    }),
});

const galleryPage = PageBlueprint.make({
  name: 'gallery',
  params: {
    path: '/gallery',
    title: 'Gallery',
    loader: () => import('./GalleryPage').then(m => <m.GalleryPage />),
  },
});

createDevApp({
  features: [
    catalogPlugin,
    llmInferencePlugin,
    createFrontendModule({
      pluginId: 'llm-inference',
      extensions: [scriptedClient, galleryPage],
    }),
  ],
});
