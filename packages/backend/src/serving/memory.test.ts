import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_TOKEN } from 'sandbox';
import type { ClusterFaults } from 'sandbox';
import { eventually } from './__testUtils__/eventually';
import { KubernetesAdmin } from './__testUtils__/KubernetesAdmin';
import { retained } from './__testUtils__/retained';
import type { Retained } from './__testUtils__/retained';
import { startSandboxProcess } from './__testUtils__/SandboxProcess';
import type { SandboxProcess } from './__testUtils__/SandboxProcess';
import { startServingPortal } from './__testUtils__/ServingPortal';
import type { ServingPortal } from './__testUtils__/ServingPortal';

const EAST = 'gpu-east';

/** Every fault that takes effect at once. */
const FAULTS: ClusterFaults[] = [
  { connection: 'refused' },
  { dropWatchesEveryMs: 50 },
  { expiredVersions: 'event' },
  { expiredVersions: 'status' },
  { status: 429, retryAfterSeconds: 1 },
  { status: 500 },
  { status: 401 },
  { status: 403 },
  { connection: 'hung' },
  { connection: 'half-open' },
  { malformed: 'objects' },
  { malformed: 'lines' },
];

const ROUNDS = 3;

/**
 * What may be more after some forty faults than before: chance. Each fault breaks a dozen watches and as many
 * lists, so that what one of them left behind would be there hundreds of times.
 */
const SLACK: Retained = { heap: 8 * 1024 * 1024, timers: 30 };

describe('what the backend holds on to', () => {
  let sandbox: SandboxProcess;
  let portal: ServingPortal;
  let admin: KubernetesAdmin;
  let usual: Record<string, string[]>;

  beforeAll(async () => {
    sandbox = await startSandboxProcess(200);
    const { url } = sandbox.cluster(EAST);
    admin = new KubernetesAdmin({ url });
    portal = await startServingPortal({
      clusters: [
        {
          name: EAST,
          url,
          authProvider: 'serviceAccount',
          serviceAccountToken: SANDBOX_TOKEN,
        },
      ],
    });
    usual = await eventually(
      () => admin.pods(),
      pods => Object.keys(pods).length > 0,
    );
  });

  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
  });

  async function setFaults(faults: ClusterFaults) {
    const { status } = await fetch(
      `${sandbox.control}/clusters/${EAST}/api-faults`,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults),
      },
    );
    expect(status).toBe(200);
  }

  /** Plays each fault once, with a reader who comes and goes meanwhile, and waits until all is well. */
  async function playAll() {
    for (const faults of FAULTS) {
      const leaving = new AbortController();
      const reading = listen(leaving.signal);
      await setFaults(faults);
      await delay(250);
      leaving.abort();
      await reading;
      await setFaults({});
    }
    await eventually(
      async () => [
        (await portal.cluster(EAST))?.state,
        Object.keys(await portal.pods(EAST)).sort(),
      ],
      ([state, names]) =>
        state === 'Live' &&
        JSON.stringify(names) === JSON.stringify(Object.keys(usual).sort()),
    );
  }

  async function listen(signal: AbortSignal) {
    try {
      for await (const _event of portal.client.stream({
        fleet: true,
        signal,
      })) {
        signal.throwIfAborted();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  it('is the same after many rounds of faults', async () => {
    await playAll();
    const before = await retained();
    for (let round = 0; round < ROUNDS; round += 1) await playAll();
    const after = await retained();
    const grown = (Object.keys(SLACK) as Array<keyof Retained>).filter(
      of => after[of] - before[of] > SLACK[of],
    );
    expect([grown, after]).toEqual([[], after]);
  });
});
