import type {
  EntityStatus,
  ServiceList,
} from 'backstage-plugin-llm-inference-common';
import { portalApi } from './portalApi';
import { ScriptedBackend } from './scriptedBackend';
import { test as base } from './test';

/** The service of which the scripts are variations. */
export const PATTERN = 'qwen2-7b-chat';

interface ScriptedFixtures {
  /** Stands in for the plugin's backend on the page of the test. */
  backend: ScriptedBackend;
  /** What the real backend says of one service, and of the fleet. */
  pattern: { status: EntityStatus; fleet: ServiceList };
}

/** The portal's test with a backend that says what the test wants. */
export const test = base.extend<ScriptedFixtures>({
  backend: async ({ page }, provide) => {
    const backend = new ScriptedBackend();
    await backend.standInOn(page);
    await provide(backend);
    await backend.close();
  },
  pattern: async ({ request }, provide) => {
    const api = await portalApi(request);
    const read = async (path: string) =>
      (await api.get(`llm-inference/v1/${path}`)).json();
    await provide({
      status: await read(`entities/component/default/${PATTERN}/status`),
      fleet: await read('services?limit=50'),
    });
  },
});
