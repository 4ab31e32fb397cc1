export { startGitHub } from './github/startGitHub';
export type { GitHub, GitHubOptions } from './github/startGitHub';
export type { Webhook } from './github/Webhooks';
export { createSandbox } from './Sandbox';
export type { Sandbox, SandboxOptions } from './Sandbox';
