import type { LintId } from '../lintIds';
import { CAPACITY_CASES } from './capacityCases';
import { FIELD_CASES } from './fieldCases';
import { KV_CONNECTOR_CASES } from './kvConnectorCases';
import { KV_PATH_CASES } from './kvPathCases';
import { KV_POLICY_CASES } from './kvPolicyCases';
import { LIFECYCLE_CASES } from './lifecycleCases';
import { NETWORK_CASES } from './networkCases';
import { RDMA_CASES } from './rdmaCases';
import { SECURITY_CASES } from './securityCases';
import { SHAPE_CASES } from './shapeCases';
import { UCX_CASES } from './ucxCases';
import type { RuleCases } from './ruleCases';

/** Tests by rule; a rule without tests does not compile. */
export const CASES: Readonly<Record<LintId, RuleCases>> = {
  ...SHAPE_CASES,
  ...FIELD_CASES,
  ...KV_CONNECTOR_CASES,
  ...KV_PATH_CASES,
  ...KV_POLICY_CASES,
  ...RDMA_CASES,
  ...UCX_CASES,
  ...NETWORK_CASES,
  ...CAPACITY_CASES,
  ...LIFECYCLE_CASES,
  ...SECURITY_CASES,
};
