import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  formatProblems,
  planPdService,
  type OfferedProfile,
  type PdServiceSpec,
} from 'backstage-plugin-llm-inference-common';

import type { OwnerCheck } from './OwnerCheck';
import type { TakenNames } from './TakenNames';

/** A request that may be carried out. */
export interface Plan {
  spec: PdServiceSpec;
  profile: OfferedProfile;
}

const REPOSITORY_PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/**
 * Turns the input of an action into a plan. The API by-passes the form, so everything that the form holds people to
 * is enforced here again.
 */
export class ServicePlanner {
  readonly #profiles: OfferedProfile[];
  readonly #owners: OwnerCheck;
  readonly #names: TakenNames;

  constructor(options: {
    profiles: OfferedProfile[];
    owners: OwnerCheck;
    names: TakenNames;
  }) {
    this.#profiles = options.profiles;
    this.#owners = options.owners;
    this.#names = options.names;
  }

  /**
   * @param repoUrl - repository of the service's own, in the form of the publish actions
   * @throws InputError naming each wrong field
   * @throws NotAllowedError when the profile is not for the caller
   * @throws ConflictError when the name is taken
   */
  async plan(
    request: { profile: string },
    place: 'shared' | 'own',
    credentials: BackstageCredentials,
    repoUrl?: string,
  ): Promise<Plan> {
    const offered = this.profile(request.profile);
    const profile =
      place === 'own' && repoUrl ? withRepository(offered, repoUrl) : offered;
    const spec = planPdService(request, profile);
    if (!spec.ok) throw new InputError(formatProblems(spec.problems));
    await this.#owners.assertMayUse(profile, credentials);
    await this.#names.assertFree(spec.value, profile, place, credentials);
    return { spec: spec.value, profile };
  }

  /** @throws InputError when nothing of that name is on offer */
  profile(name: string): OfferedProfile {
    const profile = this.#profiles.find(offered => offered.name === name);
    if (profile) return profile;
    const offered = this.#profiles.map(({ name: other }) => `'${other}'`);
    throw new InputError(
      offered.length
        ? `profile: '${String(name).slice(
            0,
            80,
          )}' is not on offer; choose ${offered.join(', ')}`
        : `profile: nothing is on offer; a platform team defines profiles in 'llmInference.profiles' of the portal's configuration`,
    );
  }
}

/** The profile with the service's own repository in place of the shared one, on the same host. */
function withRepository(
  profile: OfferedProfile,
  repoUrl: string,
): OfferedProfile {
  const [host, query = ''] = repoUrl.split('?');
  const parameters = new URLSearchParams(query);
  const owner = parameters.get('owner') ?? '';
  const name = parameters.get('repo') ?? '';
  if (host !== profile.repository.host) {
    throw new InputError(
      `repoUrl: '${host.slice(0, 80)}' is not the host of profile '${
        profile.name
      }'; choose a repository at ${profile.repository.host}`,
    );
  }
  if (!REPOSITORY_PART.test(owner) || !REPOSITORY_PART.test(name)) {
    throw new InputError(
      `repoUrl: must be of the form '${host}?owner=…&repo=…', with letters, digits, dots, dashes and underscores`,
    );
  }
  return {
    ...profile,
    repository: { ...profile.repository, owner, name },
  };
}
