import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';

/** Holds the people who start a task to the groups that a profile is for. */
export class OwnerCheck {
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;

  constructor(options: { auth: AuthService; userInfo: UserInfoService }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
  }

  /**
   * @throws NotAllowedError when the caller is not a user, or in none of the profile's groups
   */
  async assertMayUse(
    profile: OfferedProfile,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        `Profile '${profile.name}' is for members of its owner groups; this task was not started by a user`,
      );
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    const mine = new Set(ownershipEntityRefs.map(fullRef));
    if (!profile.owners.some(owner => mine.has(fullRef(owner)))) {
      throw new NotAllowedError(
        `owner: profile '${
          profile.name
        }' is for members of ${profile.owners.join(
          ', ',
        )}, and you belong to none of them. Ask the platform team, or choose another profile`,
      );
    }
  }
}

function fullRef(ref: string): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'group', defaultNamespace: 'default' }),
  );
}
