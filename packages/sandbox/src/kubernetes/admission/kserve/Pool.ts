import { JsonRecord } from '../../../cluster/json';

/** The spec of one pool and its path in the object. */
export interface Pool {
  path: string;
  pool: JsonRecord;
}
