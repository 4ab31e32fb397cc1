import type { Memory } from '../fleet/PortalHandle';
import { weighedServices, weighInformer } from '../fleet/weight';
import type { Weight } from '../fleet/weight';
import type { Measurement, Scenario } from '../harness/Scenario';
import { promisedSizes } from './fleetSizes';

const PEER = "client-node's informer";

/** Below, what a process needs once and for all weighs more than the pods. */
const TELLING_PODS = 5_000;

/** One process differs from the next by megabytes of free lists and compiled code; among many pods they vanish. */
const LARGE_SERVICES = 1_000;

/** What has just been read is held here and there for a while; a quick look, whose memory has no bars, counts some of it. */
const SETTLE_MS = { quick: 500, full: 3_000 };

/** What the picture of the fleet weighs in the backend. */
export const memory: Scenario = {
  name: 'memory',
  title:
    "Memory per pod on top of a backend that has warmed up on one cluster, against client-node's informer",
  sizes: promisedSizes,
  async measure({ fleet, mode }) {
    const { informer, weigh, services, size } = await fleet();
    const pods = weighedServices(services) * size.podsPerService;
    const perPod = ({ before, after }: Weight): Memory => ({
      heap: (after.heap - before.heap) / pods,
      resident: (after.resident - before.resident) / pods,
    });
    const settleMs = SETTLE_MS[mode];
    const rounds = mode === 'quick' || size.services >= LARGE_SERVICES ? 1 : 3;
    const mine: Memory[] = [];
    for (let round = 0; round < rounds; round++) {
      mine.push(perPod(await weigh(settleMs)));
    }
    const child = await informer();
    let theirs: Memory;
    try {
      theirs = perPod(
        await weighInformer(child, {
          services,
          settleMs,
          podsPerService: size.podsPerService,
        }),
      );
    } finally {
      await child.close();
    }
    const measurement = (
      kind: keyof Memory,
      atMost: { ratio: number; bytes: number },
    ): Measurement => ({
      metric: kind,
      unit: 'bytes/pod',
      note: 'Ours holds services, workloads, verdicts and decisions beside the pods; the informer holds the pods',
      contenders: [
        {
          role: 'ours',
          name: 'our backend',
          samples: mine.map(each => each[kind]),
        },
        { role: 'peer', name: PEER, samples: [theirs[kind]] },
      ],
      bars:
        size.services * size.podsPerService < TELLING_PODS
          ? []
          : [
              { statistic: 'median', against: PEER, atMost: atMost.ratio },
              { statistic: 'median', atMost: atMost.bytes },
            ],
    });
    return [
      measurement('heap', { ratio: 1 / 20, bytes: 1024 }),
      measurement('resident', { ratio: 1 / 10, bytes: 4096 }),
    ];
  },
};
