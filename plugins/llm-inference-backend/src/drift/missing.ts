import type {
  GitOpsState,
  ServiceRef,
} from 'backstage-plugin-llm-inference-common';

/** Why a service that Git has is not in its cluster, in one sentence. */
export function missingReason(
  { cluster }: ServiceRef,
  gitOps: GitOpsState | undefined,
): string {
  const merged = `It is in Git and not in cluster ${cluster}`;
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
