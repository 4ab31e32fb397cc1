import type { LintOptions } from './LintOptions';
import type { KserveVersion } from './kserveVersion';
import type { UnknownRecord } from '../resource/unknown';

/** Everything a rule may look at besides the service. */
export interface LintContext {
  options: LintOptions;
  /** Absent where the version is not known. */
  kserve?: KserveVersion;
  /** Objects of the same input that are no service, for example NetworkPolicies. */
  neighbours: readonly UnknownRecord[];
  /** The service as it was before, where known. */
  previous?: UnknownRecord;
}
