import { isRecord, JsonRecord, recordAt } from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
} from '../../validation/structural/fieldErrors';
import { Pool } from './Pool';

const NEEDS_PARALLELISM =
  'when worker is specified, parallelism must be configured for either data parallelism or pipeline parallelism';

const positive = (value: unknown): boolean =>
  typeof value === 'number' && value > 0;

/** Whether worker and parallelism of a pool fit together. */
export function parallelismErrors(
  pool: JsonRecord,
  path: string,
): FieldError[] {
  const { worker, parallelism } = pool;
  if (!isRecord(parallelism)) {
    return isRecord(worker)
      ? [invalidValue(`${path}.worker`, worker, NEEDS_PARALLELISM)]
      : [];
  }
  const { data, dataLocal, pipeline } = parallelism;
  const isData = positive(data) || positive(dataLocal);
  const at = `${path}.parallelism`;
  const errors: FieldError[] = [];
  if (isRecord(worker) && !isData && !positive(pipeline)) {
    errors.push(invalidValue(`${path}.worker`, worker, NEEDS_PARALLELISM));
  }
  if (positive(pipeline) && isData) {
    errors.push(
      invalidValue(
        at,
        parallelism,
        'cannot set both pipeline parallelism and data parallelism (data or dataLocal) simultaneously',
      ),
    );
  }
  if (data !== undefined && dataLocal === undefined) {
    errors.push(
      invalidValue(
        `${at}.dataLocal`,
        undefined,
        'dataLocal must be set when data is set',
      ),
    );
  }
  if (dataLocal !== undefined && data === undefined) {
    errors.push(
      invalidValue(
        `${at}.data`,
        undefined,
        'data must be set when dataLocal is set',
      ),
    );
  }
  for (const [name, value] of Object.entries({ pipeline, data, dataLocal })) {
    if (value !== undefined && !positive(value)) {
      errors.push(
        invalidValue(
          `${at}.${name}`,
          value,
          `${name} parallelism must be greater than 0`,
        ),
      );
    }
  }
  return errors;
}

/** Pods of one replica, as KServe counts them for a LeaderWorkerSet; tensor parallelism stays within a pod. */
function groupSize(pool: JsonRecord): number {
  const { data, dataLocal, pipeline } = recordAt(pool, 'parallelism');
  const count = (value: unknown) =>
    typeof value === 'number' ? Math.max(value, 1) : 1;
  if (positive(data) || positive(dataLocal)) {
    return Math.max(Math.trunc(count(data) / count(dataLocal)), 1);
  }
  return count(pipeline);
}

/** The size of a group cannot change; it is the only thing that cannot. */
export function parallelismChangeErrors(
  pools: Pool[],
  before: JsonRecord,
): FieldError[] {
  return pools.flatMap(({ path, pool }) => {
    const earlier = path === 'spec' ? before : before.prefill;
    if (!isRecord(earlier)) {
      return [];
    }
    const was = groupSize(earlier);
    const is = groupSize(pool);
    return was === is
      ? []
      : [
          {
            reason: 'FieldValueNotSupported',
            message: `Unsupported value: ${is}: total parallelism size is immutable, previous size ${was}, curr size ${is}`,
            field: `${path}.parallelism`,
          },
        ];
  });
}
