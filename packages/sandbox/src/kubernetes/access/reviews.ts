import { IncomingMessage, ServerResponse } from 'node:http';
import { methodNotAllowed, pageNotFound } from '../../cluster/ApiError';
import { recordAt } from '../../cluster/json';
import { ApiContext, Subject } from '../ApiContext';
import { readOptionalBody } from '../http/requestBody';
import { sendJson } from '../http/respond';
import { isAllowed, isPathAllowed } from './authorize';
import { rulesFor } from './rules';

/** The one rule of an administrator. */
const EVERYTHING = {
  verbs: ['*'],
  apiGroups: ['*'],
  resources: ['*'],
  resourceNames: [],
  nonResourceURLs: ['*'],
};

/** The resources that answer a question and store nothing. */
const REVIEWS: Record<
  string,
  (context: ApiContext, subject: Subject, spec: unknown) => object
> = {
  'authorization.k8s.io/selfsubjectaccessreviews': accessReview,
  'authorization.k8s.io/selfsubjectrulesreviews': rulesReview,
  'authentication.k8s.io/selfsubjectreviews': (_context, subject) => ({
    userInfo: { username: subject.name, groups: subject.groups },
  }),
};

const KINDS: Record<string, string> = {
  selfsubjectaccessreviews: 'SelfSubjectAccessReview',
  selfsubjectrulesreviews: 'SelfSubjectRulesReview',
  selfsubjectreviews: 'SelfSubjectReview',
};

export function isReview(group: string, plural: string): boolean {
  return Object.hasOwn(REVIEWS, `${group}/${plural}`);
}

/** Answers a review about the caller. @throws ApiError 404 or 405 */
export async function answerReview(
  context: ApiContext,
  subject: Subject,
  target: { group: string; version: string; plural: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { group, version, plural } = target;
  if (version !== 'v1') {
    throw pageNotFound();
  }
  if (request.method !== 'POST') {
    throw methodNotAllowed();
  }
  const body = await readOptionalBody(request);
  const spec = recordAt(body, 'spec');
  sendJson(response, 201, {
    kind: KINDS[plural],
    apiVersion: `${group}/v1`,
    metadata: { creationTimestamp: null },
    ...(plural !== 'selfsubjectreviews' && { spec }),
    status: REVIEWS[`${group}/${plural}`](context, subject, spec),
  });
}

function accessReview(
  { store }: ApiContext,
  subject: Subject,
  spec: unknown,
): object {
  const resource = recordAt(spec, 'resourceAttributes');
  const path = recordAt(spec, 'nonResourceAttributes');
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const allowed =
    Object.keys(path).length > 0
      ? isPathAllowed(store, subject, text(path.verb), text(path.path))
      : isAllowed(store, subject, {
          verb: text(resource.verb),
          group: text(resource.group),
          resource: text(resource.resource),
          subresource: text(resource.subresource) || undefined,
          namespace: text(resource.namespace) || undefined,
          name: text(resource.name) || undefined,
        });
  return { allowed };
}

function rulesReview(
  { store }: ApiContext,
  subject: Subject,
  spec: unknown,
): object {
  const { namespace } = recordAt(spec);
  const rules = subject.groups.includes('system:masters')
    ? [EVERYTHING]
    : [
        ...rulesFor(
          store,
          subject,
          typeof namespace === 'string' ? namespace : undefined,
        ),
      ];
  return {
    resourceRules: rules
      .filter(rule => rule.resources.length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames.length > 0 && { resourceNames }),
      })),
    nonResourceRules: rules
      .filter(rule => rule.nonResourceURLs.length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}
