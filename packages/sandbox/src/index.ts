export { startGitHub } from './github/startGitHub';
export type { GitHub, GitHubOptions } from './github/startGitHub';
export type { Webhook } from './github/Webhooks';
export { startGitOpsSync } from './gitops/startGitOpsSync';
export type {
  GitOpsSyncOptions,
  GitOpsSyncServer,
} from './gitops/startGitOpsSync';
export type { ServiceSync, SyncState, SyncStatus } from './gitops/SyncStatus';
export { createSandbox, SANDBOX_TOKEN } from './Sandbox';
export type { Sandbox, SandboxOptions } from './Sandbox';
export { injectFault, clearFault } from './faults/injectFault';
export type { FaultOptions, ServiceRef } from './faults/injectFault';
export { FAULTS } from './faults/faultTable';
export type { Fault, FaultTarget } from './faults/Fault';
export { SandboxClock } from './kserve/clock/SandboxClock';
export { Player } from './kserve/Player';
export { seedFleet } from './seed/seedFleet';
export type { FleetOptions } from './seed/seedFleet';
export { createClusterStore } from './cluster/createClusterStore';
export type { KubeObject } from './cluster/ClusterStore';
export { createKubernetesApi } from './kubernetes/createKubernetesApi';
export type {
  KubernetesApi,
  ServedCluster,
} from './kubernetes/createKubernetesApi';
export type { ClusterFaults } from './kubernetes/faults/ClusterFaults';
