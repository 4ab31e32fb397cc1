import { Octokit } from '@octokit/rest';
import { RepositoryChanges } from './RepositoryChanges';

/** What the routes of the sandbox's GitHub share. */
export interface World {
  /** Where the emulator listens; only the pass-through talks to it. */
  emulatorUrl: string;
  /** The address people and programs use, without a trailing slash. */
  publicUrl: string;
  /** Talks to the emulator as the sandbox's own user. */
  octokit: Octokit;
  changes: RepositoryChanges;
}
