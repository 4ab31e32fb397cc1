import { z } from 'zod/v4';

import { inspectText } from '../spec/inspectText';
import { dnsLabel } from '../spec/fields';
import { formatProblems, type Problem } from '../spec/Problem';
import { problemsOf } from '../spec/schemaProblems';
import { planPdService } from './planPdService';
import { profileSchema, type OfferedProfile } from './profileSchema';

const WHERE = 'llmInference.profiles';

/**
 * Reads `llmInference.profiles` of the portal's configuration: profiles by name.
 *
 * @param config - the value as it stands in the configuration; undefined means that nothing is on offer
 * @throws Error naming each wrong key, its value and the fix
 * @public
 */
export function parseProfiles(config: unknown): OfferedProfile[] {
  if (config === undefined || config === null) return [];
  const byName = z.record(z.string(), z.unknown()).safeParse(config);
  if (!byName.success || Array.isArray(config)) {
    throw new Error(
      `${WHERE}: must hold profiles by name, such as 'h100-roce: { title: … }'`,
    );
  }
  const problems: Problem[] = [];
  const profiles: OfferedProfile[] = [];
  for (const [name, value] of Object.entries(byName.data)) {
    const parsed = parseProfile(name, value);
    if ('problems' in parsed) {
      problems.push(
        ...parsed.problems.map(({ path, message }) => ({
          path: [WHERE, name, path].filter(Boolean).join('.'),
          message,
        })),
      );
    } else {
      profiles.push(parsed.profile);
    }
  }
  if (problems.length > 0) throw new Error(formatProblems(problems));
  return profiles;
}

function parseProfile(
  name: string,
  value: unknown,
): { profile: OfferedProfile } | { problems: Problem[] } {
  const named = dnsLabel.safeParse(name);
  if (!named.success) {
    return {
      problems: problemsOf(named.error).map(({ message }) => ({
        path: '',
        message: `the profile's name ${message}`,
      })),
    };
  }
  const texts = inspectText(value);
  if (texts.length > 0) return { problems: texts };
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) return { problems: problemsOf(parsed.error) };

  // What every service of the profile would be refused for is the profile's own fault.
  const profile = { ...parsed.data, name };
  const smallest = planPdService(
    {
      profile: name,
      name: 'smallest',
      owner: profile.owners[0],
      model: { uri: 'hf://any/model' },
      decode: { replicas: 1 },
      prefill: { replicas: 1 },
    },
    { ...profile, models: { allowed: ['hf://'] } },
  );
  return smallest.ok ? { profile } : { problems: smallest.problems };
}
