import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';

/** Every field of a form asks for the same list; one answer serves them all for a while. */
const KEPT_MS = 60_000;

const answers = new WeakMap<
  FetchApi,
  { at: number; profiles: Promise<OfferedProfile[]> }
>();

/** What the platform team offers. Rejects with the server's words when it cannot be read. */
export function loadProfiles(fetchApi: FetchApi): Promise<OfferedProfile[]> {
  const known = answers.get(fetchApi);
  if (known && Date.now() - known.at < KEPT_MS) return known.profiles;
  const profiles = ask(fetchApi);
  answers.set(fetchApi, { at: Date.now(), profiles });
  // A failure is not kept: the next field, or the next try, asks again.
  profiles.catch(() => answers.delete(fetchApi));
  return profiles;
}

async function ask(fetchApi: FetchApi): Promise<OfferedProfile[]> {
  const response = await fetchApi.fetch('plugin://llm-inference/v1/profiles');
  const body: { items?: OfferedProfile[]; error?: { message?: string } } =
    await response.json();
  if (!response.ok || !Array.isArray(body.items)) {
    const said =
      body.error?.message ?? `the portal answered ${response.status}`;
    throw Object.assign(new Error(said), { status: response.status });
  }
  return body.items;
}
