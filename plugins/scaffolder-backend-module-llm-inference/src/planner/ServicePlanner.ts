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
   * @throws InputError naming each wrong field
   * @throws NotAllowedError when the profile is not for the caller
   * @throws ConflictError when the name is taken
   */
  async plan(
    request: { profile: string },
    place: 'shared' | 'own',
    credentials: BackstageCredentials,
  ): Promise<Plan> {
    const profile = this.profile(request.profile);
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
