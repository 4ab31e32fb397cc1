import { ENTITY_REF_ANNOTATION } from 'backstage-plugin-llm-inference-common';
import type {
  GitOpsState,
  ServingHealth,
} from 'backstage-plugin-llm-inference-common';
import type { ExpectedService } from './ExpectedServices';

/**
 * Why an entity has no service in a cluster that Git says it has, in one sentence: true where there is none of the
 * name, and where there is one that names another entity or none.
 */
export function missingReason(
  expected: ExpectedService,
  gitOps: GitOpsState | undefined,
): string {
  const { entityRef, manifest } = expected;
  const reason = whyMissing(expected, gitOps);
  return manifest.claims
    ? reason
    : `${reason}. Nor does its manifest: it needs the annotation ${ENTITY_REF_ANNOTATION}: ${entityRef}`;
}

/** Puts the sentence in the place of what is said of a service that was looked for and not found. */
export function saidOfMissing(
  health: ServingHealth,
  reason: string,
): ServingHealth {
  const { cluster, namespace, name } = health.service;
  return {
    ...health,
    summary: reason,
    summaryParts: [{ says: 'notNamed', words: { cluster, namespace, name } }],
  };
}

function whyMissing(
  { service: { cluster, namespace, name: service } }: ExpectedService,
  gitOps: GitOpsState | undefined,
): string {
  const merged = `It is in Git, and no LLMInferenceService ${namespace}/${service} in cluster ${cluster} names this entity`;
  if (!gitOps) {
    return `${merged}; no GitOps controller that the portal can see applies it there`;
  }
  const { tool, kind, name, sync, message } = gitOps;
  const controller = `${
    tool === 'ArgoCd' ? 'Argo CD' : 'Flux'
  } ${kind} ${name}`;
  const words = message ? `: ${shortened(message)}` : '';
  switch (sync) {
    case 'Failed':
      return `${merged}: ${controller} could not sync it${words}`;
    case 'Syncing':
      return `${merged} yet: ${controller} is syncing it${words}`;
    case 'OutOfSync':
      return `${merged}: ${controller} has not synced it yet${words}`;
    case 'Synced':
      return `${merged}, although ${controller} says that it is synced`;
    default:
      return `${merged}; ${controller} does not know why${words}`;
  }
}

const LONGEST = 400;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
