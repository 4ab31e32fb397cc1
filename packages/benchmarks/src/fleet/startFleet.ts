import { setTimeout as delay } from 'node:timers/promises';
import { writeProfiles } from '../profile/writeProfiles';
import { Child } from './childProcess';
import { readEverything, takeFirstPicture } from './firstPicture';
import { clusterNames, servicesIn } from './fleetPlan';
import type { FleetHandle, FleetService, FleetSize } from './FleetSize';
import { PortalHandle } from './PortalHandle';
import type { InformerHandlers } from './informer.child';
import type { Profiles } from '../profile/Profiles';
import type { RawClientHandlers } from './rawClient.child';
import type { PortalHandlers } from './portal.child';
import type { PortalInput } from './portal/portalConfig';
import { weighPortal } from './weight';
import { World } from './World';
import type { WorldHandlers } from './world.child';

const UP_MS = 120_000;
const NAMESPACES = 20;

/** The largest fleet takes the informers 3 GiB. */
const INFORMER_HEAP_MIB = 12_288;

/** How a fleet is started. */
export interface FleetOptions {
  say(words: string): void;
}

/** Starts the clusters; portals start when they are asked for. */
export async function startFleet(
  size: FleetSize,
  { say }: FleetOptions,
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
  const portal = async (
    plugin: PortalInput['plugin'],
    more: Partial<PortalInput> = {},
  ) => {
    const startAt = performance.now();
    const started = await startPortal({ plugin, clusters, services, ...more });
    open.push(started);
    say(`portal with ${plugin} is up after ${seconds(startAt)} s`);
    return started;
  };
  let ours: ReturnType<FleetHandle['ours']> | undefined;
  let peer: Promise<PortalHandle> | undefined;
  const once = async <T>(
    work: (
      portal: PortalHandle,
      services: readonly FleetService[],
    ) => Promise<T>,
    prepare?: (portal: PortalHandle) => unknown,
  ) => {
    const started = await portal('ours');
    try {
      await prepare?.(started);
      return await work(started, services);
    } finally {
      await started.close();
    }
  };
  const weighed = (settleMs: number) => async (started: PortalHandle) =>
    await weighPortal(started, { services, settleMs });
  const scrape = async (
    everySeconds: number,
    prepare?: (portal: PortalHandle) => unknown,
  ) => {
    const started = await portal('ours', {
      scrapeSeconds: everySeconds,
    });
    await prepare?.(started);
    await readEverything(started, services);
    return started;
  };
  const handle: FleetHandle = {
    size,
    services,
    clusters,
    world,
    isProfiled: false,
    ours: async () => {
      ours ??= portal('ours').then(async started => ({
        portal: started,
        picture: await takeFirstPicture(started, services),
      }));
      return await ours;
    },
    scraping: everySeconds => scrape(everySeconds),
    cataloguing: database =>
      portal('ours', { services: [], catalogues: true, database }),
    peer: async () => {
      peer ??= portal('peer');
      return await peer;
    },
    takeFirstPicture: () => once(takeFirstPicture),
    weigh: settleMs => once(weighed(settleMs)),
    async profiled(file, work) {
      const files: string[] = [];
      const keep = (profiles: Profiles) => {
        const number = files.length ? `-${files.length + 1}` : '';
        files.push(writeProfiles(`${file}${number}`, profiles));
      };
      const begin = async (started: PortalHandle) => {
        await started.profile(keep);
      };
      let begun: ReturnType<FleetHandle['ours']> | undefined;
      await work({
        ...handle,
        isProfiled: true,
        async ours() {
          begun ??= handle.ours().then(async up => {
            await begin(up.portal);
            return up;
          });
          return await begun;
        },
        takeFirstPicture: () => once(takeFirstPicture, begin),
        weigh: settleMs => once(weighed(settleMs), begin),
        scraping: everySeconds => scrape(everySeconds, begin),
      });
      await (await begun)?.portal.takeProfiles();
      return files;
    },
    informer: () =>
      Child.start<InformerHandlers>({
        module: 'packages/benchmarks/src/fleet/informer.child.ts',
        input: clusters,
        environment: { NODE_ENV: 'production' },
        heapMiB: INFORMER_HEAP_MIB,
      }),
    rawClient: () =>
      Child.start<RawClientHandlers>({
        module: 'packages/benchmarks/src/fleet/rawClient.child.ts',
        input: clusters,
      }),
    async close() {
      await Promise.all(open.map(each => each.close()));
      await world.close();
    },
  };
  return handle;
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
    const url = await child.call('url');
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
