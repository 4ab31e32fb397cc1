import { objectOf, stringOf } from '../store/projection/fields';
import { repositoryKey } from './repositoryAddress';

/** Topics on which the events modules of Backstage tell of pushes. */
export const PUSH_TOPICS = [
  'github.push',
  'gitlab.push',
  'gitea.push',
  'bitbucketCloud.repo:push',
  'bitbucketServer.repo:refs_changed',
  'azureDevOps.git.push',
];

/** Where the payloads name the repository, as addresses for browsers or for git. */
const PLACES = [
  ['repository', 'html_url'],
  ['repository', 'clone_url'],
  ['repository', 'links', 'html', 'href'],
  ['project', 'web_url'],
  ['project', 'http_url'],
  ['resource', 'repository', 'remoteUrl'],
];

/** Keys of the repositories that a push is about; empty where the payload does not say: it may be any. */
export function pushedRepositories(payload: unknown): string[] {
  const keys = PLACES.flatMap(place => {
    const address = stringOf(
      place.reduce<unknown>((at, step) => objectOf(at)[step], payload),
    );
    return address ? [repositoryKey(address)] : [];
  });
  return [...new Set(keys)];
}
