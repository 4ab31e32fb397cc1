import { asNumber, asRecord, asText } from './unknown';

/** A pool's part in a disaggregated service; `both` for a service without prefill. @public */
export type EngineRole = 'decode' | 'prefill' | 'both';

/** The parts of a probe that are judged. @public */
export interface Probe {
  port?: number | string;
  path?: string;
  /** `HTTP` unless written otherwise; absent for probes of another kind. */
  scheme?: string;
  initialDelaySeconds: number;
  periodSeconds: number;
  failureThreshold: number;
}

/** Kinds of probes of a container. @public */
export const PROBE_KINDS = [
  'startupProbe',
  'livenessProbe',
  'readinessProbe',
] as const;

/** One kind of probe. @public */
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** Reads one probe of a container; absent where it has none. Defaults are those of Kubernetes. @public */
export function readProbe(
  container: unknown,
  kind: ProbeKind,
): Probe | undefined {
  const written = asRecord(container)[kind];
  if (typeof written !== 'object' || written === null) {
    return undefined;
  }
  const probe = asRecord(written);
  const http =
    probe.httpGet === undefined ? undefined : asRecord(probe.httpGet);
  const port = http?.port ?? asRecord(probe.tcpSocket).port;
  return {
    port: asNumber(port) ?? asText(port),
    path: asText(http?.path),
    scheme: http && (asText(http.scheme) ?? 'HTTP'),
    initialDelaySeconds: asNumber(probe.initialDelaySeconds) ?? 0,
    periodSeconds: asNumber(probe.periodSeconds) ?? 10,
    failureThreshold: asNumber(probe.failureThreshold) ?? 3,
  };
}

/**
 * Seconds that the kubelet gives a container to start before it kills it; absent without a startup probe.
 *
 * @public
 */
export function startupBudgetSeconds(container: unknown): number | undefined {
  const probe = readProbe(container, 'startupProbe');
  return (
    probe &&
    probe.initialDelaySeconds + probe.failureThreshold * probe.periodSeconds
  );
}

/** Port of the engine itself, by role: on decode pods 8000 belongs to the routing sidecar. @public */
export function enginePort(role: EngineRole): number {
  return role === 'decode' ? 8001 : 8000;
}

/** A probe of `main` that cannot work. @public */
export interface ProbeProblem {
  kind: ProbeKind;
  field: 'port' | 'scheme';
  /** What is wrong, in words. */
  problem: string;
  /** What the probe has there. */
  used: string;
  /** What the engine has. */
  expected: string;
}

/**
 * Finds probes of `main` that ask the wrong port or scheme.
 *
 * @param container - the container `main`
 * @param role - the pool it belongs to
 * @param tls - whether the engine serves TLS; undefined where that is not known, then schemes are not judged
 * @public
 */
export function findProbeProblems(
  container: unknown,
  role: EngineRole,
  tls: boolean | undefined,
): ProbeProblem[] {
  const expected = enginePort(role);
  const problems: ProbeProblem[] = [];
  for (const kind of PROBE_KINDS) {
    const probe = readProbe(container, kind);
    if (typeof probe?.port === 'number' && probe.port !== expected) {
      const whose =
        role === 'decode' && probe.port === 8000
          ? ', which is the routing sidecar and always answers'
          : '';
      problems.push({
        kind,
        field: 'port',
        used: String(probe.port),
        expected: String(expected),
        problem: `${kind} of main asks port ${probe.port}${whose}; the engine listens on ${expected}`,
      });
    }
    if (probe?.scheme && tls !== undefined) {
      const scheme = tls ? 'HTTPS' : 'HTTP';
      if (probe.scheme !== scheme) {
        problems.push({
          kind,
          field: 'scheme',
          used: probe.scheme,
          expected: scheme,
          problem: `${kind} of main uses ${probe.scheme}, but the engine serves ${scheme}`,
        });
      }
    }
  }
  return problems;
}
