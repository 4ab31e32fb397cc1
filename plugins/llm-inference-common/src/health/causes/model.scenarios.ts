import { nearMiss, root } from '../__testUtils__/CauseScenario';
import {
  containerOf,
  crashes,
  evicted,
  makeYoung,
  runsUnready,
} from '../__testUtils__/podFaults';
import type { ServiceBuilder } from '../__testUtils__/ServiceBuilder';
import { ago } from '../__testUtils__/fixtureBasics';
import { makePod } from '../__testUtils__/podFixtures';

/** The download fails in every prefill pod. */
const fails =
  (message: string, more = {}) =>
  (s: ServiceBuilder) =>
    s.pods.prefill.forEach(pod =>
      crashes(pod, { container: 'storage-initializer', message, ...more }),
    );

/** The download runs since that many minutes. */
const downloads = (minutes: number) => (s: ServiceBuilder) => {
  s.workloads.prefill.status.conditions = [];
  s.pods.prefill.forEach(pod => {
    makeYoung(pod, minutes);
    pod.status.phase = 'Pending';
    Object.assign(containerOf(pod, 'storage-initializer'), {
      ready: false,
      state: { running: { startedAt: ago(minutes) } },
    });
    Object.assign(containerOf(pod), {
      ready: false,
      started: false,
      state: { waiting: { reason: 'PodInitializing' } },
    });
  });
};

export const modelScenarios = [
  root(
    'model-access-denied',
    'the bucket refuses',
    fails(
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied',
    ),
  ),
  root(
    'model-access-denied',
    'a private repository without a token looks like none',
    fails(
      'huggingface_hub.errors.RepositoryNotFoundError: 401 Client Error. (Request ID: Root=1-69)\n\nRepository Not Found for url: https://huggingface.co/api/models/acme/private/revision/main.\nPlease make sure you specified the correct `repo_id` and `repo_type`.',
    ),
  ),
  nearMiss(
    'model-access-denied',
    'the repository does not exist',
    fails(
      'huggingface_hub.errors.RepositoryNotFoundError: 404 Client Error. (Request ID: Root=1-69)\n\nRepository Not Found for url: https://huggingface.co/api/models/Qwen/Qwen2.5-8B/revision/main.',
    ),
  ),
  root(
    'model-not-found',
    'the revision does not exist',
    fails(
      'huggingface_hub.errors.RevisionNotFoundError: 404 Client Error. (Request ID: Root=1-69)\n\nRevision Not Found for url: https://huggingface.co/api/models/Qwen/Qwen2.5-7B-Instruct/revision/v9.',
    ),
  ),
  root(
    'model-not-found',
    'newer wording',
    fails(
      "2026-11-22 09:57:12.905 1 kserve ERROR Storage initialization failed: HuggingFace resource 'Qwen/Qwen2.5-8B' not found.",
    ),
  ),
  root('model-not-found', 'the scheme is not supported', s => {
    s.pods.decode.length = 0;
    s.pods.prefill.length = 0;
    s.condition(
      'MainWorkloadReady',
      'False',
      'ReconcileSingleNodeWorkloadError',
      'failed to reconcile: unsupported schema in model URI: gs://weights/qwen',
    );
  }),
  nearMiss(
    'model-not-found',
    'the host cannot be reached',
    fails(
      "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /api/models (Caused by NameResolutionError)",
    ),
  ),
  root(
    'model-storage-full',
    'the disk is full during the download',
    fails('OSError: [Errno 28] No space left on device'),
  ),
  root('model-storage-full', 'the kubelet evicts the pod', s =>
    s.pods.prefill.forEach(pod =>
      evicted(
        pod,
        'The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 3Gi.',
      ),
    ),
  ),
  nearMiss(
    'model-storage-full',
    'the disk of the registry is meant',
    fails('ConnectionError: upstream answered 507'),
  ),
  root(
    'model-download-slow',
    'still downloading after 70 minutes',
    downloads(70),
    { severity: 'Warning' },
  ),
  nearMiss(
    'model-download-slow',
    'still downloading after ten minutes',
    downloads(10),
    { verdict: 'Progressing' },
  ),
  root(
    'model-download-failed',
    'the proxy breaks the certificate',
    fails(
      "requests.exceptions.SSLError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /Qwen (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')))",
    ),
  ),
  root('model-download-failed', 'no text at all', fails('')),
  nearMiss(
    'model-download-failed',
    'the download ran out of memory',
    fails('', { reason: 'OOMKilled', exitCode: 137 }),
  ),
  root('model-access-denied', 'S3 refuses the object, without a word why', s =>
    s.pods.decode.forEach(pod =>
      crashes(pod, {
        container: 'storage-initializer',
        message:
          'botocore.exceptions.ClientError: An error occurred (403) when calling the HeadObject operation: Forbidden',
      }),
    ),
  ),
  root('model-access-denied', 'Google Cloud Storage knows no such caller', s =>
    s.pods.decode.forEach(pod =>
      crashes(pod, {
        container: 'storage-initializer',
        message:
          'google.api_core.exceptions.Forbidden: 403 GET https://storage.googleapis.com/storage/v1/b/models/o: Anonymous caller does not have storage.objects.list access to the Google Cloud Storage bucket.',
      }),
    ),
  ),
  root(
    'model-storage-full',
    'evicted by a kubelet that writes no time, and the replacement loads',
    s => {
      const gone = makePod('prefill', 9);
      gone.status = {
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'The node was low on resource: ephemeral-storage. Container storage-initializer was using 61Gi, request is 0.',
      };
      s.more.push(gone);
      runsUnready(s.pod('prefill'), 1);
    },
    { verdict: 'Degraded' },
  ),
];
