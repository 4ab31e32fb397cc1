import { Container, Pod } from '../kinds';
import { modelOf } from '../engine/engineSettings';
import { engineStartSeconds, STEP_SECONDS } from './durations';
import { podAddress } from './network';

/** Seconds that a container may take to answer its startup probe; without one, any. */
export function startupBudgetSeconds(container: Container): number {
  const probe = container.startupProbe;
  return probe
    ? (probe.initialDelaySeconds ?? 0) +
        (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10)
    : Infinity;
}

/** When a started container answers, and when its startup probe gives up on it, if before. */
export function startupPlan(
  pod: Pod,
  container: Container,
  hangs: boolean,
): { healthyAfter: number; killedAfter?: number } {
  const healthyAfter = hangs ? Infinity : secondsToHealthy(pod, container);
  const budget = startupBudgetSeconds(container);
  return healthyAfter > budget
    ? { healthyAfter, killedAfter: budget }
    : { healthyAfter };
}

function secondsToHealthy(pod: Pod, container: Container): number {
  const component = pod.metadata.labels?.['app.kubernetes.io/component'] ?? '';
  if (component.endsWith('router-scheduler')) {
    return STEP_SECONDS.schedulerStart;
  }
  const isProbed = container.startupProbe ?? container.readinessProbe;
  return isProbed ? engineStartSeconds(pod, modelOf(pod)) : 1;
}

/** What the kubelet says while a container does not answer yet. */
export function probeFailure(
  pod: Pod,
  container: Container,
): string | undefined {
  const probe = container.startupProbe ?? container.readinessProbe;
  const kind = container.startupProbe ? 'Startup' : 'Readiness';
  const address = podAddress(pod);
  if (probe?.httpGet) {
    const { port, path, scheme = 'HTTP' } = probe.httpGet;
    return `${kind} probe failed: Get "${scheme.toLowerCase()}://${address}:${port}${path}": dial tcp ${address}:${port}: connect: connection refused`;
  }
  return probe
    ? `${kind} probe failed: service unhealthy (responded with "NOT_SERVING")`
    : undefined;
}

/**
 * What becomes of a liveness probe that asks the wrong way: TLS is off, so that a probe over HTTPS
 * never succeeds, and the kubelet restarts a container that serves.
 */
export function livenessVerdict(
  pod: Pod,
  container: Container,
):
  | { message: string; firstFailureAfter: number; killedAfter: number }
  | undefined {
  const probe = container.livenessProbe;
  if (!probe?.httpGet || probe.httpGet.scheme !== 'HTTPS') {
    return undefined;
  }
  const delay = probe.initialDelaySeconds ?? 0;
  const period = probe.periodSeconds ?? 10;
  const { port, path } = probe.httpGet;
  return {
    message: `Liveness probe failed: Get "https://${podAddress(
      pod,
    )}:${port}${path}": http: server gave HTTP response to HTTPS client`,
    firstFailureAfter: delay + period,
    killedAfter: delay + period * (probe.failureThreshold ?? 3),
  };
}
