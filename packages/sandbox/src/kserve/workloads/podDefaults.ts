import { isRecord } from '../../cluster/json';
import { Container, EnvVar, PodSpec, Probe, ResourceList } from '../kinds';
import { isExtended } from '../nodes/quantities';

/** Fills in what the API server would fill in, so that equal manifests stay equal objects. */
export function withPodDefaults(pod: PodSpec): PodSpec {
  return {
    ...(pod.initContainers?.length
      ? { initContainers: pod.initContainers.map(withContainerDefaults) }
      : {}),
    ...pod,
    ...(pod.initContainers?.length
      ? { initContainers: pod.initContainers.map(withContainerDefaults) }
      : {}),
    containers: pod.containers.map(withContainerDefaults),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: pod.dnsPolicy ?? 'ClusterFirst',
    serviceAccountName: pod.serviceAccountName ?? 'default',
    schedulerName: pod.schedulerName ?? 'default-scheduler',
    securityContext: pod.securityContext ?? {},
  };
}

function withContainerDefaults(container: Container): Container {
  const limits = asStrings(container.resources?.limits);
  const requests = asStrings(container.resources?.requests);
  for (const [name, quantity] of Object.entries(limits ?? {})) {
    if (requests && !(name in requests) && isExtended(name)) {
      requests[name] = quantity;
    }
  }
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy ?? 'IfNotPresent',
    ...(container.env ? { env: container.env.map(withFieldVersion) } : {}),
    resources: {
      ...(limits ? { limits } : {}),
      ...(requests ?? limits ? { requests: requests ?? limits } : {}),
    },
    ...probes(container),
    terminationMessagePath:
      container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
  };
}

function probes(container: Container) {
  const filled: Record<string, Probe> = {};
  for (const kind of [
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
  ] as const) {
    const probe = container[kind];
    if (probe) {
      filled[kind] = {
        ...probe,
        ...(probe.httpGet
          ? {
              httpGet: {
                ...probe.httpGet,
                scheme: probe.httpGet.scheme ?? 'HTTP',
              },
            }
          : {}),
        timeoutSeconds: probe.timeoutSeconds ?? 1,
        successThreshold: probe.successThreshold ?? 1,
        periodSeconds: probe.periodSeconds ?? 10,
        failureThreshold: probe.failureThreshold ?? 3,
      };
    }
  }
  return filled;
}

function asStrings(list?: ResourceList): Record<string, string> | undefined {
  return (
    list &&
    Object.fromEntries(
      Object.entries(list).map(([name, quantity]) => [name, String(quantity)]),
    )
  );
}

function withFieldVersion(variable: EnvVar): EnvVar {
  const field = variable.valueFrom?.fieldRef;
  return isRecord(field)
    ? {
        ...variable,
        valueFrom: { fieldRef: { apiVersion: 'v1', ...field } },
      }
    : variable;
}
