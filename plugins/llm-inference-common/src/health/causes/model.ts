import { STORAGE_CONTAINER } from '../../resource/containers';
import { findContainerStatus } from '../../resource/pod';
import { asRecord, asText } from '../../resource/unknown';
import { ageOf } from '../facts/Facts';
import { evidence } from '../quote';
import { lastFailure } from '../stages/failedText';
import type { CauseDefinition } from './CauseDefinition';
import { fromCondition, inPod, templateOf } from './words';

/** What the controller says of a model that it cannot fetch at all; it is no error of the controller. */
export const UNSUPPORTED_SCHEME = /unsupported schema in model URI/i;

/** The model's download, in the init container `storage-initializer` of every pod of both pools. */
export const modelCauses: CauseDefinition[] = [
  {
    id: 'model-access-denied',
    severity: 'Critical',
    step: 'download',
    title: 'Access to the model is refused',
    podsSummary: 'cannot download the model: access is refused',
    explanation:
      "No token was given, or it is not valid, or its account has not accepted the model's licence. Without a token a private repository looks as if it did not exist.",
    remedy:
      "Accept the licence with the token's account and provide HF_TOKEN by a Secret that the pod's service account (or the storage container config) hands to storage-initializer. A variable on container main alone does not reach the download.",
    findInText: {
      of: 'storage-initializer',
      patterns: [
        /GatedRepoError|Cannot access gated repo for url|Access to model \S+ is restricted|You must (?:have access to it and )?be authenticated to access it/i,
        /HuggingFace authentication failed\. Set HF_TOKEN/i,
        /(?:401|403) Client Error/i,
        /An error occurred \(40[13]\) when calling|google\.api_core\.exceptions\.(?:Forbidden|Unauthorized)|Authori[sz]ation(?:Failure|PermissionMismatch)/i,
        /NoCredentialsError|InvalidAccessKeyId|SignatureDoesNotMatch|AccessDenied|(?:S3|GCS|Azure) authentication failed|Access denied to \w+ resource/i,
      ],
    },
  },
  {
    id: 'model-not-found',
    severity: 'Critical',
    step: 'download',
    title: 'The model does not exist',
    podsSummary: 'cannot download the model: there is none at spec.model.uri',
    summary: 'the model cannot be found: there is none at spec.model.uri',
    explanation: ({ detail }) =>
      `The repository, revision, bucket or path in spec.model.uri${
        detail.uri ? ` (${detail.uri})` : ''
      } does not exist, or its scheme is not supported.`,
    remedy:
      'Correct spec.model.uri: hf://<organisation>/<repository>[:revision], s3://, pvc:// or oci://.',
    findInText: {
      of: 'storage-initializer',
      patterns: [
        /RepositoryNotFoundError|RevisionNotFoundError|Entry Not Found|Invalid repository ID|Repo id must|HuggingFace resource '[^']+' not found|resource (?:'[^']*' )?not found|NoSuchBucket|No model found in/i,
      ],
    },
    findInService({ resource }) {
      const condition = resource?.conditions.find(({ message }) =>
        UNSUPPORTED_SCHEME.test(message),
      );
      if (!resource || !condition) {
        return [];
      }
      const subject = `LLMInferenceService/${resource.name}`;
      return [
        {
          subjects: [subject],
          evidence: [fromCondition(subject, condition)],
          detail: { uri: asText(asRecord(resource.spec.model).uri) },
        },
      ];
    },
  },
  {
    id: 'model-storage-full',
    severity: 'Critical',
    step: 'download',
    title: 'No space left for the model',
    podsSummary: 'cannot store the model: no space left',
    explanation:
      "The model is larger than the space that the pod's node or volume has for it. Every pod downloads its own copy.",
    remedy: cause =>
      `Request more ephemeral-storage in ${templateOf(
        cause,
      )}, use nodes with larger disks, or better: put the model on a volume (spec.model.uri: pvc://…) or in a model cache.`,
    findInText: {
      of: 'storage-initializer',
      patterns: [/No space left on device|\[Errno 28\]/i],
    },
    findInPod(pod) {
      const full =
        pod.reason === 'Evicted' &&
        /low on resource: ephemeral-storage|exceeds the (?:total )?limit|ephemeral local storage usage exceeds/i.test(
          pod.message,
        );
      return full
        ? inPod(pod, [
            evidence('ContainerStatus', `Pod/${pod.name}`, pod.message),
          ])
        : undefined;
    },
  },
  {
    id: 'model-download-slow',
    severity: 'Info',
    step: 'download',
    title: 'The model download takes long',
    podsSummary: ({ detail }) =>
      `have been downloading the model for ${detail.minutes} minutes`,
    explanation:
      'The download still runs. Each pod downloads its own copy, so the pods of both pools share the connection.',
    remedy:
      'Put the model on a volume (spec.model.uri: pvc://…), in an image (oci://…) or in a local model cache.',
    findInPod(pod, _, facts) {
      const { state } = findContainerStatus(pod, STORAGE_CONTAINER) ?? {};
      const age =
        state?.kind === 'running' ? ageOf(facts, state.startedAt) ?? 0 : 0;
      const { downloadSlow, downloadTooSlow } = facts.thresholds;
      if (age <= downloadSlow || pod.ready) {
        return undefined;
      }
      const minutes = String(Math.floor(age / 60));
      return inPod(
        pod,
        [
          evidence(
            'ContainerStatus',
            `Pod/${pod.name}`,
            `${STORAGE_CONTAINER} running for ${minutes} minutes`,
            state?.startedAt,
          ),
        ],
        {
          detail: { minutes },
          severity: age > downloadTooSlow ? 'Warning' : undefined,
        },
      );
    },
  },
  {
    id: 'model-download-failed',
    severity: 'Critical',
    step: 'download',
    title: 'The model download fails',
    podsSummary: ({ detail }) =>
      `could not download the model: storage-initializer exited with ${detail.exit}`,
    explanation:
      'The init container storage-initializer ends with an error that is neither about access, nor about a wrong name, nor about space.',
    remedy:
      'Follow the quoted text; check from the cluster that the source of spec.model.uri can be reached (proxy, certificate, DNS).',
    findInPod(pod, _, facts) {
      const status = findContainerStatus(pod, STORAGE_CONTAINER);
      const failure = status && lastFailure(status, facts);
      if (
        !failure ||
        failure.reason === 'OOMKilled' ||
        (status.ready && status.state?.kind === 'terminated')
      ) {
        return undefined;
      }
      const text =
        lastErrorOf(failure.message) ??
        `${STORAGE_CONTAINER} exited with ${failure.exitCode}, no message`;
      return inPod(
        pod,
        [
          evidence(
            'ContainerStatus',
            `Pod/${pod.name}`,
            text,
            failure.finishedAt,
          ),
        ],
        {
          detail: {
            exit: `code ${failure.exitCode ?? 'unknown'}`,
            code: failure.exitCode?.toString(),
          },
        },
      );
    },
  },
];

/** The most telling line of a message: the last one that speaks of an error, else the last one. */
export function lastErrorOf(message: string): string | undefined {
  const lines = message
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  return (
    lines
      .filter(
        line =>
          /error|exception|failed|fatal|panic/i.test(line) &&
          !/See root cause above/i.test(line),
      )
      .pop() ?? lines.pop()
  );
}
