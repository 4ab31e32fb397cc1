import { setTimeout as delay } from 'node:timers/promises';
import { Child } from './childProcess';
import { clusterNames, servicesIn } from './fleetPlan';
import type { FleetHandle, FleetService, FleetSize } from './FleetSize';
import { PortalHandle } from './PortalHandle';
import type { PortalHandlers } from './portal.child';
import type { PortalInput } from './portal/portalConfig';
import { World } from './World';
import type { WorldHandlers } from './world.child';

const UP_MS = 120_000;
const NAMESPACES = 20;

/** Starts the clusters; portals start when they are asked for. */
export async function startFleet(
  size: FleetSize,
  say: (words: string) => void,
): Promise<FleetHandle> {
  const startedAt = performance.now();
  const child = await Child.start<WorldHandlers>({
    module: 'packages/benchmarks/src/fleet/world.child.ts',
    input: size,
  });
  const clusters = await child.call('urls');
  const services = clusterNames(size).flatMap(cluster =>
    servicesOf(size, cluster),
  );
  say(
    `${size.services} services with ${
      size.services * size.podsPerService
    } pods in ${size.clusters} clusters are there after ${seconds(
      startedAt,
    )} s`,
  );
  const world = new World(child);
  const open: PortalHandle[] = [];
  const portal = async (plugin: PortalInput['plugin']) => {
    const startAt = performance.now();
    const started = await startPortal({ plugin, clusters, services });
    open.push(started);
    say(`portal with ${plugin} is up after ${seconds(startAt)} s`);
    return started;
  };
  let ours: Promise<PortalHandle> | undefined;
  let peer: Promise<PortalHandle> | undefined;
  return {
    size,
    services,
    world,
    ours: async () => {
      ours ??= portal('ours').then(async started => {
        await started.watch();
        await untilRead(started, size.services);
        return started;
      });
      return await ours;
    },
    peer: async () => {
      peer ??= portal('peer');
      return await peer;
    },
    unstarted: async () => await portal('ours'),
    async close() {
      await Promise.all(open.map(each => each.close()));
      await world.close();
    },
  };
}

function servicesOf(size: FleetSize, cluster: string): FleetService[] {
  const count = servicesIn(size, cluster);
  return Array.from({ length: count }, (_, index) => {
    const name = `${cluster}-service-${index + 1}`;
    return {
      cluster,
      name,
      namespace: `fleet-${(index % Math.min(count, NAMESPACES)) + 1}`,
      entityRef: `component:default/${name}`,
    };
  });
}

/** Starts a portal and signs in. It is up once its catalog knows every service. */
async function startPortal(input: PortalInput): Promise<PortalHandle> {
  const child = await Child.start<PortalHandlers>({
    module: 'packages/benchmarks/src/fleet/portal.child.ts',
    input,
    // Other modes print JSON over many lines, and write a line to the log per request.
    environment: { NODE_ENV: 'production', LOG_LEVEL: 'warn' },
  });
  try {
    const url = await child.call('start');
    const token = await patiently(
      async () => await signIn(url),
      () => child.output,
    );
    const portal = new PortalHandle(child, url, token);
    await patiently(
      async () => {
        const answer = JSON.parse(
          String(
            await portal.get(
              '/api/catalog/entities/by-query?limit=0&filter=kind=component',
            ),
          ),
        );
        if (answer.totalItems < input.services.length) {
          throw new Error(
            `The catalog knows ${answer.totalItems} of ${input.services.length} entities`,
          );
        }
      },
      () => child.output,
    );
    return portal;
  } catch (error) {
    await child.close();
    throw error;
  }
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}`);
  const { backstageIdentity } = (await answer.json()) as {
    backstageIdentity: { token: string };
  };
  return backstageIdentity.token;
}

/** Waits until our plugin shows every service of every cluster. */
export async function untilRead(
  portal: PortalHandle,
  services: number,
): Promise<void> {
  await patiently(async () => {
    const page = JSON.parse(
      String(await portal.get('/api/llm-inference/v1/services?limit=1')),
    ) as { total: number; clusters: Array<{ name: string; state: string }> };
    const waiting = page.clusters.filter(({ state }) => state === 'Syncing');
    if (page.total < services || waiting.length > 0) {
      throw new Error(
        `${page.total} of ${services} services are seen, and ${waiting.length} clusters are not read`,
      );
    }
  });
}

async function patiently<T>(
  attempt: () => Promise<T>,
  output?: () => string,
): Promise<T> {
  const giveUpAt = performance.now() + UP_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > giveUpAt) {
        throw new Error(`${error}\n${output?.() ?? ''}`);
      }
      await delay(50);
    }
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
