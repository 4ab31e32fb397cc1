import type { LintId } from '../lintIds';
import type { RuleCases } from './ruleCases';
import { both, D, devices, P, singleService } from './services';

const GIB = 2 ** 30;
const probe = (port: number, scheme?: string) => ({
  httpGet: { path: '/health', port, scheme },
});

export const LIFECYCLE_CASES = {
  'startup-budget-exceeded': {
    faulty: [
      {
        why: "a large model with the preset's probe",
        options: { architecture: { weightBytes: 68 * GIB } },
        finds: [
          ['warning', `${P}.startupProbe`, 'unverified'],
          ['warning', `${D}.startupProbe`, 'unverified'],
        ],
      },
    ],
    fine: [
      {
        why: 'a longer budget',
        changes: both('startupProbe', {
          failureThreshold: 120,
          periodSeconds: 30,
        }),
        options: { architecture: { weightBytes: 800 * GIB } },
      },
      {
        why: 'a small model',
        options: { architecture: { weightBytes: 15 * GIB } },
      },
      { why: 'a size not known' },
    ],
  },
  'probe-misconfigured': {
    faulty: [
      {
        why: "the routing sidecar's port on decode",
        changes: { [`${D}.readinessProbe`]: probe(8000) },
        finds: [['error', `${D}.readinessProbe.httpGet.port`]],
      },
      {
        why: 'HTTPS with TLS off',
        changes: { [`${P}.livenessProbe`]: probe(8000, 'HTTPS') },
        options: { tls: false },
        finds: [['error', `${P}.livenessProbe.httpGet.scheme`]],
      },
      {
        why: 'HTTP with TLS on',
        changes: { [`${P}.startupProbe`]: probe(8000) },
        options: { tls: true },
        finds: [['error', `${P}.startupProbe.httpGet.scheme`]],
      },
    ],
    fine: [
      {
        why: 'each with its own port',
        changes: {
          [`${D}.livenessProbe`]: probe(8001),
          [`${P}.livenessProbe`]: probe(8000, 'HTTP'),
        },
        options: { tls: false },
      },
      {
        why: 'HTTPS where TLS is not known',
        changes: { [`${P}.livenessProbe`]: probe(8000, 'HTTPS') },
      },
      {
        why: '8000 without prefill',
        objects: [singleService({ [`${D}.livenessProbe`]: probe(8000) })],
      },
    ],
  },
  'prefill-termination-message': {
    faulty: [
      {
        why: 'not set',
        changes: both('terminationMessagePolicy', undefined),
        finds: [['info', `${P}.terminationMessagePolicy`]],
      },
    ],
    fine: [
      { why: 'set', changes: { [`${D}.terminationMessagePolicy`]: 'File' } },
    ],
  },
  'sidecar-missing': {
    faulty: [
      {
        why: 'the list is replaced',
        changes: {
          'spec.template.initContainers': [
            { $patch: 'replace' },
            { name: 'x' },
          ],
        },
        finds: [['error', 'spec.template.initContainers[0]']],
      },
    ],
    fine: [
      {
        why: 'the list is merged',
        changes: { 'spec.template.initContainers': [{ name: 'x' }] },
      },
      {
        why: 'replaced with the sidecar in it',
        changes: {
          'spec.template.initContainers': [
            { $patch: 'replace' },
            { name: 'llm-d-routing-sidecar' },
          ],
        },
      },
      {
        why: 'replaced in prefill, which has none',
        changes: {
          'spec.prefill.template.initContainers': [{ $patch: 'replace' }],
        },
      },
    ],
  },
  'termination-grace': {
    faulty: [
      {
        why: 'less than the preset',
        changes: { 'spec.template.terminationGracePeriodSeconds': 30 },
        finds: [['info', 'spec.template.terminationGracePeriodSeconds']],
      },
    ],
    fine: [
      {
        why: 'the preset',
        changes: { 'spec.template.terminationGracePeriodSeconds': 60 },
      },
    ],
  },
  'rollout-surge': {
    faulty: [
      {
        why: 'four replicas with GPUs',
        changes: { 'spec.prefill.replicas': 4 },
        finds: [['info', 'spec.prefill.rolloutStrategy']],
      },
    ],
    fine: [
      { why: 'three', changes: { 'spec.prefill.replicas': 3 } },
      {
        why: 'a strategy',
        changes: {
          'spec.replicas': 8,
          'spec.rolloutStrategy': { maxSurge: 0, maxUnavailable: 1 },
        },
      },
      {
        why: 'no GPUs',
        objects: [singleService({ ...devices({}, [D]), 'spec.replicas': 8 })],
      },
    ],
  },
} satisfies Partial<Record<LintId, RuleCases>>;
