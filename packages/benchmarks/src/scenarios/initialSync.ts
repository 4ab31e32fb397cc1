import type { Scenario } from '../harness/Scenario';
import { promisedSizes } from './fleetSizes';

const FLOOR = 'raw list and JSON.parse';
const IDLE = 'the same portal, idle';

/** From so many services on, once is long enough. */
const LARGE = 1_000;

/** From nothing to the verdict about every service. */
export const initialSync: Scenario = {
  name: 'initial-sync',
  title:
    'Reading all clusters after a start, against listing and parsing alone',
  sizes: promisedSizes,
  async measure({ fleet: start, mode, size }) {
    const { ours, rawClient, takeFirstPicture, isProfiled } = await start();
    const rounds = mode === 'quick' || size.scale >= LARGE ? 1 : 2;
    const raw = await rawClient();
    const floor: number[] = [];
    const pictures = [];
    try {
      for (let round = 0; round < rounds; round++) {
        floor.push(await raw.call('list'));
        pictures.push(
          round === 0 && !isProfiled
            ? (await ours()).picture
            : await takeFirstPicture(),
        );
      }
    } finally {
      await raw.close();
    }
    return [
      {
        metric: 'time',
        unit: 'ms',
        contenders: [
          {
            role: 'ours',
            name: 'our backend',
            samples: pictures.map(({ ms }) => ms),
          },
          { role: 'floor', name: FLOOR, samples: floor },
        ],
        bars: [{ statistic: 'median', atMost: 60_000 }],
      },
      {
        metric: 'longest stop of the event loop',
        unit: 'ms',
        contenders: [
          {
            role: 'ours',
            name: 'our backend',
            samples: pictures.map(({ stopped }) => stopped.reading),
          },
          {
            role: 'floor',
            name: IDLE,
            samples: pictures.map(({ stopped }) => stopped.idle),
          },
        ],
        bars: [{ statistic: 'median', atMost: 100 }],
      },
    ];
  },
};
