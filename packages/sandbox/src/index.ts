export { startGitHub } from './github/startGitHub';
export type { GitHub, GitHubOptions } from './github/startGitHub';
export type { Webhook } from './github/Webhooks';
export { startGitOpsSync } from './gitops/startGitOpsSync';
export type {
  GitOpsSyncOptions,
  GitOpsSyncServer,
} from './gitops/startGitOpsSync';
export type { ServiceSync, SyncState, SyncStatus } from './gitops/SyncStatus';
export { createSandbox } from './Sandbox';
export type { Sandbox, SandboxOptions } from './Sandbox';
