import { SANDBOX_TOKEN } from 'sandbox';
import { eventually } from './__testUtils__/eventually';
import { KubernetesAdmin } from './__testUtils__/KubernetesAdmin';
import { startSandboxProcess } from './__testUtils__/SandboxProcess';
import type { SandboxProcess } from './__testUtils__/SandboxProcess';
import { startServingPortal } from './__testUtils__/ServingPortal';
import type { Listener, ServingPortal } from './__testUtils__/ServingPortal';

const EAST = 'gpu-east';
const QWEN = { cluster: EAST, namespace: 'llm-demo', name: 'qwen2-7b-chat' };
const HOUR_MS = 3_600_000;

/** Minutes of play pass in a second, so that a pod that is replaced loads its model within two. */
const SPEED = 200;

const RealDate = Date;
let offsetMs = 0;

/** The wall clock of this process, which is the portal's; what waits and measures spans is not set with it. */
class SetDate extends RealDate {
  constructor(...given: [] | [string | number | Date]) {
    super(given.length === 0 ? SetDate.now() : given[0]);
  }

  static override now() {
    return RealDate.now() + offsetMs;
  }
}

function setClock(clock: typeof SetDate | DateConstructor) {
  Object.defineProperty(globalThis, 'Date', {
    value: clock,
    configurable: true,
    writable: true,
  });
}

describe("the backend while its machine's clock is set, and the sandbox's is not", () => {
  let sandbox: SandboxProcess;
  let admin: KubernetesAdmin;
  let portal: ServingPortal;
  let listener: Listener;

  beforeAll(async () => {
    setClock(SetDate);
    sandbox = await startSandboxProcess(SPEED);
    admin = new KubernetesAdmin(sandbox.cluster(EAST));
    portal = await startServingPortal({
      clusters: [
        {
          name: EAST,
          url: sandbox.cluster(EAST).url,
          authProvider: 'serviceAccount',
          serviceAccountToken: SANDBOX_TOKEN,
        },
      ],
    });
    await allIsShown();
    await verdictBecomes('Healthy');
    listener = portal.listen();
  });

  afterAll(async () => {
    offsetMs = 0;
    await listener.stop();
    await portal.stop();
    await sandbox.stop();
    setClock(RealDate);
  });

  /** All pods of the cluster are shown, each once and as ready as it is, and shown to be as of now. */
  async function allIsShown() {
    await portal.shows(EAST, admin);
    const { freshness } = await portal.client.getService(QWEN);
    expect(freshness.state).toBe('Live');
    const ageMs = Date.now() - Date.parse(freshness.asOf);
    expect(Math.abs(ageMs)).toBeLessThan(60_000);
  }

  /** Deletes a pod of a service that stays in service without it; another takes its place. */
  async function replaceAPod() {
    const [gone] = await admin.list(
      `/api/v1/namespaces/${QWEN.namespace}/pods?labelSelector=app.kubernetes.io/name=${QWEN.name}`,
    );
    const { heard } = listener;
    const count = heard.length;
    await admin.delete({ ...gone, kind: 'Pod' });
    await eventually(
      async () => JSON.stringify(await portal.pods(EAST)),
      pods => !pods.includes(`${gone.metadata.name} `),
    );
    await allIsShown();
    await eventually(
      () => heard.slice(count),
      events =>
        events.some(
          event =>
            event.type === 'changed' &&
            event.data.services.some(({ name }) => name === QWEN.name),
        ),
    );
  }

  async function verdictBecomes(verdict: string) {
    await eventually(
      async () => (await portal.client.getService(QWEN)).health.verdict,
      shown => shown === verdict,
    );
  }

  const play = async (method: 'POST' | 'DELETE') =>
    (
      await fetch(
        `${sandbox.control}/clusters/${EAST}/services/${QWEN.namespace}/${QWEN.name}/faults/decode-unavailable`,
        { method },
      )
    ).status;

  /** Every verdict that was recorded, also with times that have not come yet. */
  async function recorded() {
    const before = offsetMs;
    offsetMs = 12 * HOUR_MS;
    try {
      const { transitions } = await portal.client.getTimeline(QWEN, {
        from: new Date(RealDate.now() - 12 * HOUR_MS).toISOString(),
      });
      return transitions;
    } finally {
      offsetMs = before;
    }
  }

  it.each([
    ['forward', 7],
    ['back', -7],
  ])(
    'goes on when it is set %s, and when it is set right',
    async (_, hours) => {
      const before = await recorded();
      offsetMs = hours * HOUR_MS;
      await replaceAPod();
      expect(await play('POST')).toBe(201);
      await verdictBecomes('Unavailable');
      await eventually(recorded, all =>
        all.some(
          ({ at, verdict }) =>
            verdict === 'Unavailable' &&
            Math.abs(Date.parse(at) - Date.now()) < HOUR_MS,
        ),
      );
      offsetMs = 0;
      await play('DELETE');
      await verdictBecomes('Healthy');
      await replaceAPod();
      await verdictBecomes('Healthy');
      const after = await recorded();
      // Nothing of what was known is lost, and nothing is there twice.
      expect(after).toEqual(expect.arrayContaining(before));
      const rows = after.map(row => JSON.stringify(row));
      expect(new Set(rows).size).toBe(rows.length);
      for (const { previousVerdict, rootCause, verdict } of after) {
        expect([previousVerdict, rootCause]).not.toEqual([verdict, undefined]);
      }
    },
  );
});
