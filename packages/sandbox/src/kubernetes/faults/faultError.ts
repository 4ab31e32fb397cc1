import { ApiError, unauthorized } from '../../cluster/ApiError';
import { accessDenied, ResourceAttributes } from '../access/authorize';
import { Subject } from '../ApiContext';
import { ClusterFaults } from './ClusterFaults';

/** The error that a cluster with faults answers with; undefined where it answers normally. */
export function faultError(
  faults: ClusterFaults,
  subject: Subject,
  wanted: ResourceAttributes | undefined,
): ApiError | undefined {
  if (faults.denyServices && writesService(wanted)) {
    return new ApiError({
      code: 403,
      reason: 'Forbidden',
      message: `admission webhook "policy.platform.example.com" denied the request: ${faults.denyServices}`,
      details: {},
    });
  }
  switch (faults.status) {
    case 401:
      return unauthorized();
    case 403:
      return wanted
        ? accessDenied(subject, wanted)
        : new ApiError({
            code: 403,
            reason: 'Forbidden',
            message: `forbidden: User "${subject.name}" cannot get path`,
            details: {},
          });
    case 429:
      return new ApiError({
        code: 429,
        reason: 'TooManyRequests',
        message: 'Too many requests, please try again later.',
        details: { retryAfterSeconds: faults.retryAfterSeconds ?? 1 },
      });
    case 500:
      return new ApiError({
        code: 500,
        reason: 'InternalError',
        message: 'Internal error occurred: etcdserver: request timed out',
        details: { causes: [{ message: 'etcdserver: request timed out' }] },
      });
    default:
      return undefined;
  }
}

function writesService(wanted: ResourceAttributes | undefined): boolean {
  return (
    wanted?.group === 'serving.kserve.io' &&
    wanted.resource === 'llminferenceservices' &&
    !wanted.subresource &&
    ['create', 'patch', 'update'].includes(wanted.verb)
  );
}

/** Whether faults that are limited to some resources are about this one. */
export function concerns(
  { resources }: ClusterFaults,
  wanted: ResourceAttributes | undefined,
): boolean {
  return !resources || isAmong(resources, wanted);
}

/** Whether a resource is served; without faults every resource is. */
export function isServed(
  { notServed = [] }: ClusterFaults,
  wanted: ResourceAttributes | undefined,
): boolean {
  return !isAmong(notServed, wanted);
}

function isAmong(
  resources: string[],
  wanted: ResourceAttributes | undefined,
): boolean {
  if (!wanted) {
    return false;
  }
  const { group, resource } = wanted;
  return resources.includes(group ? `${resource}.${group}` : resource);
}
