import { isRecord } from '../../cluster/json';

/** What is wrong with a cluster's API at the moment. All fields are optional; none means that all is well. */
export interface ClusterFaults {
  /** Milliseconds that every answer takes longer. */
  latencyMs?: number;
  /** Every request is answered with this code. Open watches are cut, so that clients meet it at once. */
  status?: 401 | 403 | 429 | 500;
  /** Retry-After of a 429, in seconds; 1 where nothing is given. */
  retryAfterSeconds?: number;
  /** Limits status and latencyMs to these resources (`pods`, `deployments.apps`); all where nothing is given. */
  resources?: string[];
  /** Open watches are cut every so many milliseconds. */
  dropWatchesEveryMs?: number;
  /**
   * Versions and continue tokens expire at once. `event`: the watch opens and brings an ERROR event with code 410, as
   * API servers of today do; `status`: the request itself is answered with 410.
   */
  expiredVersions?: 'event' | 'status';
  /** A policy of the cluster refuses new and changed LLMInferenceServices, with these words. */
  denyServices?: string;
  /**
   * `refused`: nothing listens on the port. `hung`: connections are accepted and requests never answered.
   * `half-open`: open watches stay open and silent for ever; new requests are answered.
   */
  connection?: 'refused' | 'hung' | 'half-open';
  /** Resources that are not served, as if their CustomResourceDefinition were not installed. */
  notServed?: string[];
  /**
   * `objects`: lists and watches also bring things that are no objects, or hardly. `lines`: open watches, and those
   * that are opened meanwhile, bring a line that is torn.
   */
  malformed?: 'objects' | 'lines';
}

const CHOICES: Record<string, unknown[]> = {
  status: [401, 403, 429, 500],
  expiredVersions: ['event', 'status'],
  connection: ['refused', 'hung', 'half-open'],
  malformed: ['objects', 'lines'],
};

const LISTS = ['resources', 'notServed'];

const NUMBERS = ['latencyMs', 'retryAfterSeconds', 'dropWatchesEveryMs'];

/** Reads faults from unknown data. @throws Error that names the field, its value and what it may be */
export function parseClusterFaults(value: unknown): ClusterFaults {
  if (!isRecord(value)) {
    throw new Error('Faults of a cluster must be an object');
  }
  for (const [field, given] of Object.entries(value)) {
    const shown = JSON.stringify(given);
    if (Object.hasOwn(CHOICES, field)) {
      if (!CHOICES[field].includes(given)) {
        throw new Error(
          `${field} is ${shown}; it may be ${CHOICES[field].join(', ')}`,
        );
      }
    } else if (NUMBERS.includes(field)) {
      if (typeof given !== 'number' || !(given > 0)) {
        throw new Error(`${field} is ${shown}; it must be a number above 0`);
      }
    } else if (field === 'denyServices') {
      if (typeof given !== 'string' || !given) {
        throw new Error(`denyServices is ${shown}; it must be a text`);
      }
    } else if (LISTS.includes(field)) {
      if (
        !Array.isArray(given) ||
        !given.every(item => typeof item === 'string')
      ) {
        throw new Error(`${field} is ${shown}; it must be a list of names`);
      }
    } else {
      throw new Error(
        `${field} is not a fault of a cluster; there are ${[
          ...Object.keys(CHOICES),
          ...NUMBERS,
          'denyServices',
          ...LISTS,
        ].join(', ')}`,
      );
    }
  }
  return value as ClusterFaults;
}
