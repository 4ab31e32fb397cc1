import { nearMiss, root } from '../__testUtils__/CauseScenario';
import { waits, withoutSandbox } from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';

const IMAGE = 'registry.example.com/ml/llm-d-cuda:v0.9.1';

/** No prefill pod gets its image. */
const unpulled =
  (message: string, reason = 'ImagePullBackOff', container = 'main') =>
  (s: ServiceBuilder) =>
    s.pods.prefill.forEach(pod => waits(pod, reason, message, container));

export const imageScenarios = [
  root(
    'image-pull-unauthorized',
    'Docker Hub, where it may also mean a wrong name',
    unpulled(
      'Back-off pulling image "acme/vllm:1": ErrImagePull: failed to pull and unpack image "docker.io/acme/vllm:1": failed to resolve reference "docker.io/acme/vllm:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
  ),
  root(
    'image-pull-unauthorized',
    'ECR without credentials, in an init container',
    unpulled(
      'rpc error: code = Unknown desc = failed to pull image: pulling from host 1.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests v2]: 401 Unauthorized: no basic auth credentials',
      'ErrImagePull',
      'storage-initializer',
    ),
  ),
  nearMiss(
    'image-pull-unauthorized',
    'the limit of anonymous pulls is reached',
    unpulled(
      'ErrImagePull: rpc error: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    ),
  ),
  root(
    'image-rate-limited',
    'Docker Hub limits anonymous pulls',
    unpulled(
      'Back-off pulling image "vllm/vllm-openai:v0.11": ErrImagePull: failed to copy: httpReadSeeker: failed open: unexpected status code 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit.',
    ),
  ),
  nearMiss(
    'image-rate-limited',
    'the registry wants credentials',
    unpulled(
      `Back-off pulling image "${IMAGE}": ErrImagePull: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`,
    ),
  ),
  root(
    'image-not-found',
    'the tag does not exist',
    unpulled(
      `Back-off pulling image "${IMAGE}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${IMAGE}: not found`,
    ),
  ),
  root(
    'image-not-found',
    'the name is no image name',
    unpulled(
      'Failed to apply default image tag "Ghcr.io/X:1": couldn\'t parse image name "Ghcr.io/X:1": invalid reference format: repository name must be lowercase',
      'InvalidImageName',
    ),
  ),
  nearMiss(
    'image-not-found',
    'the host of the registry is not found',
    unpulled(
      `Back-off pulling image "${IMAGE}": ErrImagePull: failed to do request: Head "https://registry.example.com/v2/ml/llm-d-cuda/manifests/v0.9.1": dial tcp: lookup registry.example.com on 10.96.0.10:53: no such host`,
    ),
  ),
  root(
    'image-pull-failed',
    'the registry does not answer',
    unpulled(
      `Back-off pulling image "${IMAGE}": ErrImagePull: failed to do request: Head "https://registry.example.com/v2/": dial tcp 203.0.113.9:443: i/o timeout`,
    ),
  ),
  root(
    'image-pull-failed',
    'nothing but the back-off is known',
    unpulled(`Back-off pulling image "${IMAGE}"`),
  ),
  nearMiss(
    'image-pull-failed',
    'the back-off says nothing, but the event does',
    s => {
      const pod = s.pod('prefill');
      waits(pod, 'ImagePullBackOff', `Back-off pulling image "${IMAGE}"`);
      s.event(
        pod,
        'Failed',
        'Failed to pull image "ghcr.io/llm-d/llm-d-cuda:v0.9.0": manifest unknown',
      );
    },
  ),
  root('config-reference-missing', 'the token secret does not exist', s =>
    s.pods.decode.forEach(pod =>
      waits(pod, 'CreateContainerConfigError', 'secret "hf-token" not found'),
    ),
  ),
  root('config-reference-missing', 'the secret has another key', s =>
    s.pods.prefill.forEach(pod =>
      waits(
        pod,
        'CreateContainerConfigError',
        "couldn't find key HF_TOKEN in Secret llm/hf-token",
        'storage-initializer',
      ),
    ),
  ),
  root('config-reference-missing', 'a ConfigMap to mount does not exist', s => {
    withoutSandbox(s.pod('prefill'));
    s.event(
      s.pod('prefill'),
      'FailedMount',
      'MountVolume.SetUp failed for volume "chat-template" : configmap "qwen-chat" not found',
    );
  }),
  nearMiss(
    'config-reference-missing',
    "the controller's own certificate is late on a first start",
    s => {
      s.firstStart(0.5);
      for (const part of ['decode', 'prefill'] as const) {
        s.workloads[part].status.conditions = [];
        s.pods[part].forEach(pod => {
          withoutSandbox(pod, 0.5);
          s.event(
            pod,
            'FailedMount',
            'MountVolume.SetUp failed for volume "tls-certs" : secret "qwen-kserve-self-signed-certs" not found',
            { minutes: 0.3 },
          );
        });
      }
      s.resource.metadata.creationTimestamp = ago(0.6);
    },
    { verdict: 'Progressing' },
  ),
];
