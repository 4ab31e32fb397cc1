import { Octokit } from '@octokit/rest';

type Account = Awaited<
  ReturnType<Octokit['rest']['repos']['get']>
>['data']['owner'];

/** A user or organisation, as events name a sender or an owner. */
export function accountOf(account: Account) {
  const { login, id, node_id, avatar_url, url, html_url, type } = account;
  return {
    login,
    id,
    node_id,
    avatar_url,
    gravatar_id: '',
    url,
    html_url,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

/** An organisation, as events of its repositories carry it. */
export async function organizationOf(octokit: Octokit, login: string) {
  const { data } = await octokit.rest.orgs.get({ org: login });
  const { id, node_id, avatar_url, url, description } = data;
  return {
    login,
    id,
    node_id,
    avatar_url,
    url,
    repos_url: data.repos_url,
    events_url: data.events_url,
    hooks_url: data.hooks_url,
    issues_url: data.issues_url,
    members_url: data.members_url,
    public_members_url: data.public_members_url,
    description,
  };
}
