import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { both, changed, D, goodService, P, singleService } from './services';

const DIGEST = `@sha256:${'d'.repeat(64)}`;
// In two parts, so that no scanner takes this file for a leak.
const TOKEN = `hf_${'Ab3'.repeat(10)}`;
const KEY = `AKIA${'A1'.repeat(8)}`;
const HEADER = `-----BEGIN RSA ${'PRIVATE'} KEY-----`;

const hostPath = (path: string) => [{ name: 'v', hostPath: { path } }];

export const SECURITY_CASES = {
  'secret-inline': {
    faulty: [
      {
        why: 'a token in a variable',
        changes: { [`${D}.env[4]`]: { name: 'HF_TOKEN', value: TOKEN } },
        finds: [['error', `${D}.env[4].value`]],
      },
      {
        why: 'a key by the name of its variable',
        changes: { [`${P}.env[4]`]: { name: 'VLLM_API_KEY', value: 'abc' } },
        finds: [['error', `${P}.env[4].value`]],
      },
      {
        why: 'an argument',
        changes: { [`${P}.args`]: ['--api-key', 'abc'] },
        finds: [['error', `${P}.args[0]`]],
      },
      {
        why: 'other kinds, anywhere',
        changes: {
          'metadata.annotations.a': `curl -H "Authorization: Bearer ${'x'.repeat(
            20,
          )}"`,
          'metadata.annotations.b': KEY,
          'metadata.annotations.c': HEADER,
          'spec.model.uri': 's3://user:pass@bucket/model',
        },
        finds: [
          ['error', 'metadata.annotations.a'],
          ['error', 'metadata.annotations.b'],
          ['error', 'metadata.annotations.c'],
          ['error', 'spec.model.uri'],
        ],
      },
    ],
    fine: [
      {
        why: 'by the name of a Secret',
        changes: {
          [`${D}.env[4]`]: {
            name: 'HF_TOKEN',
            valueFrom: { secretKeyRef: { name: 'hf', key: 'token' } },
          },
        },
      },
      {
        why: 'a name that only sounds like one',
        changes: {
          [`${D}.env[4]`]: { name: 'TOKENIZERS_PARALLELISM', value: 'false' },
          'metadata.annotations.a': 'hf_transfer',
        },
      },
      {
        why: 'what others wrote into a live object',
        changes: {
          'metadata.managedFields': [{ manager: TOKEN }],
          'status.message': TOKEN,
          'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]':
            TOKEN,
        },
      },
    ],
  },
  'image-not-pinned': {
    faulty: [
      {
        why: 'a tag',
        changes: both('image', 'ghcr.io/llm-d/llm-d-cuda:v0.9.0'),
        finds: [
          ['warning', `${P}.image`],
          ['warning', `${D}.image`],
        ],
      },
      {
        why: 'a tag where the policy wants digests',
        changes: { [`${D}.image`]: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0' },
        options: { policy: { pinnedImages: true } },
        finds: [['error', `${D}.image`]],
      },
      {
        why: 'no tag, of a registry with a port',
        changes: { [`${D}.image`]: 'registry:5000/vllm' },
        finds: [['error', `${D}.image`]],
      },
      {
        why: "the scheduler's",
        changes: {
          'spec.router.scheduler.template.containers': [
            { name: 'main', image: 'epp:latest' },
          ],
        },
        finds: [
          ['error', 'spec.router.scheduler.template.containers[0].image'],
        ],
      },
    ],
    fine: [
      {
        why: 'a digest beside a tag',
        changes: { [`${D}.image`]: `a/b:latest${DIGEST}` },
      },
      { why: "the preset's", changes: both('image', undefined) },
    ],
  },
  'image-registry': {
    faulty: [
      {
        why: 'another registry',
        changes: { [`${D}.image`]: `vllm/vllm-openai${DIGEST}` },
        options: { policy: { registries: ['ghcr.io/llm-d'] } },
        finds: [['error', `${D}.image`]],
      },
      {
        why: 'one that only begins alike',
        changes: { [`${D}.image`]: `ghcr.io/llm-d-evil/x${DIGEST}` },
        options: { policy: { registries: ['ghcr.io/llm-d'] } },
        finds: [['error', `${D}.image`]],
      },
    ],
    fine: [
      {
        why: 'an allowed one',
        options: { policy: { registries: ['ghcr.io/llm-d/'] } },
      },
      {
        why: 'a short name of the registry that it stands for',
        changes: both('image', `vllm/vllm-openai${DIGEST}`),
        options: { policy: { registries: ['docker.io/vllm'] } },
      },
      { why: 'no policy', changes: { [`${D}.image`]: `x${DIGEST}` } },
    ],
  },
  'trust-remote-code': {
    faulty: [
      {
        why: 'the flag',
        changes: { [`${D}.args`]: ['--trust-remote-code'] },
        finds: [['warning', `${D}.args[0]`]],
      },
    ],
    fine: [
      {
        why: 'turned off',
        changes: { [`${D}.args`]: ['--trust-remote-code=false'] },
      },
    ],
  },
  'service-account': {
    faulty: [
      {
        why: 'the default one',
        changes: {
          'spec.prefill.template.automountServiceAccountToken': undefined,
        },
        finds: [['info', 'spec.prefill.template.automountServiceAccountToken']],
      },
    ],
    fine: [
      {
        why: 'one of its own',
        changes: {
          'spec.prefill.template.automountServiceAccountToken': undefined,
          'spec.prefill.template.serviceAccountName': 'qwen',
        },
      },
      { why: 'no token', objects: [singleService()] },
      {
        why: "decode, which gets the controller's own",
        changes: { 'spec.template.automountServiceAccountToken': undefined },
      },
    ],
  },
  privilege: {
    faulty: [
      {
        why: 'privileged, escalation, and the node',
        changes: {
          [`${D}.securityContext.privileged`]: true,
          [`${P}.securityContext.allowPrivilegeEscalation`]: true,
          'spec.template.volumes': hostPath('/dev'),
        },
        finds: [
          ['error', `${P}.securityContext.allowPrivilegeEscalation`],
          ['error', `${D}.securityContext.privileged`],
          ['error', 'spec.template.volumes[0].hostPath'],
        ],
      },
    ],
    fine: [
      {
        why: 'said to be off',
        changes: {
          [`${D}.securityContext`]: {
            privileged: false,
            allowPrivilegeEscalation: false,
          },
        },
      },
    ],
  },
  'host-path-model': {
    faulty: [
      {
        why: 'a folder of models',
        changes: { 'spec.template.volumes': hostPath('/data/models') },
        finds: [['warning', 'spec.template.volumes[0].hostPath.path']],
      },
      {
        why: 'mounted as the model',
        objects: [
          changed({
            'spec.template.volumes': hostPath('/data'),
            [`${D}.volumeMounts`]: [{ name: 'v', mountPath: '/mnt/models' }],
          }),
        ],
        finds: [['warning', 'spec.template.volumes[0].hostPath.path']],
      },
    ],
    fine: [
      {
        why: 'another folder',
        changes: { 'spec.template.volumes': hostPath('/dev/shm') },
      },
      {
        why: 'a claim',
        objects: [
          {
            ...goodService(),
          },
        ],
      },
    ],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
