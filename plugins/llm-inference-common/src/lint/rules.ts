import type { Rule } from './Rule';
import { ANTI_AFFINITY_RULES } from './rules/antiAffinity';
import { API_RULES } from './rules/api';
import { ENGINE_ARGUMENT_RULES } from './rules/engineArguments';
import { KV_CONNECTOR_RULES } from './rules/kvConnector';
import { KV_POLICY_RULES } from './rules/kvPolicy';
import { POOL_AGREEMENT_RULES } from './rules/poolAgreement';
import { SIDE_CHANNEL_RULES } from './rules/sideChannel';
import { ROUTER_RULES } from './rules/router';
import { LABEL_RULES } from './rules/labelsAndAnnotations';
import { LIFECYCLE_RULES } from './rules/lifecycle';
import { MODEL_RULES } from './rules/model';
import { NAME_RULES } from './rules/names';
import { NETWORK_RULES } from './rules/networkAttachments';
import { PARALLELISM_RULES } from './rules/parallelism';
import { RDMA_RULES } from './rules/rdma';
import { SECURITY_RULES } from './rules/security';
import { UCX_RULES } from './rules/ucx';
import { POD_SHAPE_RULES } from './rules/podShape';
import { SCALING_RULES } from './rules/scaling';

/** Every lint, in the order of its groups; adding one is adding one entry in one of these tables. */
export const RULES: readonly Rule[] = [
  ...API_RULES,
  ...NAME_RULES,
  ...POD_SHAPE_RULES,
  ...MODEL_RULES,
  ...SCALING_RULES,
  ...LABEL_RULES,
  ...ROUTER_RULES,
  ...KV_CONNECTOR_RULES,
  ...ENGINE_ARGUMENT_RULES,
  ...SIDE_CHANNEL_RULES,
  ...POOL_AGREEMENT_RULES,
  ...KV_POLICY_RULES,
  ...RDMA_RULES,
  ...UCX_RULES,
  ...NETWORK_RULES,
  ...ANTI_AFFINITY_RULES,
  ...PARALLELISM_RULES,
  ...LIFECYCLE_RULES,
  ...SECURITY_RULES,
];
