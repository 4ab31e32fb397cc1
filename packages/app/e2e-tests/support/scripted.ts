import type {
  EntityStatus,
  ServiceList,
} from 'backstage-plugin-llm-inference-common';
import { portalApi } from './portalApi';
import { ScriptedBackend } from './scriptedBackend';
import { expect, test as base } from './test';

/** The service of which the scripts are variations. */
export const PATTERN = 'qwen2-7b-chat';

/** What the sandbox starts with; other tests bring services of their own, which come and go meanwhile. */
const SEEDED = [
  PATTERN,
  'deepseek-r1-reasoning',
  'granite-8b-code',
  'llama-8b-agents',
  'mistral-7b-summary',
  'phi4-eval',
  'qwen3-8b-search',
];

interface ScriptedFixtures {
  /** Stands in for the plugin's backend on the page of the test. */
  backend: ScriptedBackend;
  /** What the real backend says of one service, and of those that the sandbox starts with. */
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
    let status!: EntityStatus;
    // Other tests roll its pods and turn its traffic; scripts are variations of it as it usually is.
    await expect
      .poll(
        async () => {
          status = await read(`entities/component/default/${PATTERN}/status`);
          const health = status.services[0]?.health;
          return [
            health?.verdict,
            health?.kvTransfer.effectiveness,
            health?.pools.prefill?.pods.length,
            health?.pools.decode?.pods.length,
          ];
        },
        { timeout: 180_000, message: `status of ${PATTERN}` },
      )
      .toEqual(['Healthy', 'Effective', 2, 1]);
    const fleet: ServiceList = await read('services?limit=50');
    const items = fleet.items.filter(({ service }) =>
      SEEDED.includes(service.name),
    );
    await provide({ status, fleet: { ...fleet, items } });
  },
});
