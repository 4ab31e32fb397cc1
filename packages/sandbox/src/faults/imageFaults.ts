import { Container } from '../kserve/kinds';
import { Fault } from './Fault';

/** The image cannot be pulled, or the container cannot be configured. */
export const IMAGE_FAULTS: Fault[] = [
  {
    id: 'image-pull-unauthorized',
    title: 'The registry wants credentials that the pods do not have',
    targets: ['decode'],
    pullError: container =>
      `${unresolved(
        container,
      )}: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://${hostOf(
        container,
      )}/token?scope=repository%3Apull&service=${hostOf(
        container,
      )}: 401 Unauthorized`,
    strikes: 'recreate',
  },
  {
    id: 'image-not-found',
    title: 'The image does not exist',
    targets: ['decode'],
    pullError: container =>
      `${unresolved(container)}: ${container.image}: not found`,
    strikes: 'recreate',
  },
  {
    id: 'image-rate-limited',
    title: 'The registry answers too many requests',
    targets: ['decode'],
    pullError: container =>
      `${unresolved(
        container,
      )}: unexpected status from HEAD request to https://${hostOf(
        container,
      )}/v2/manifests: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit.`,
    strikes: 'recreate',
  },
  {
    id: 'image-pull-failed',
    title: 'The registry cannot be reached',
    targets: ['decode'],
    pullError: container =>
      `${unresolved(container)}: failed to do request: Head "https://${hostOf(
        container,
      )}/v2/manifests": dial tcp: lookup ${hostOf(
        container,
      )} on 10.96.0.10:53: no such host`,
    strikes: 'recreate',
  },
  {
    id: 'config-reference-missing',
    title: 'A Secret that the engine needs is not there',
    targets: ['decode', 'prefill'],
    configError: 'secret "hf-token" not found',
    strikes: 'recreate',
  },
];

function unresolved({ image = '' }: Container): string {
  return `failed to pull and unpack image "${image}": failed to resolve reference "${image}"`;
}

function hostOf({ image = '' }: Container): string {
  const [host] = image.split('/');
  return host.includes('.') ? host : 'registry-1.docker.io';
}
