import { createHash } from 'node:crypto';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord, recordAt } from '../../cluster/json';
import { ResourceKind } from '../../cluster/kinds';

type Defaults = (object: KubeObject) => KubeObject;

const ROLLING_UPDATE = { maxUnavailable: '25%', maxSurge: '25%' };

/** What the API server fills in where a built-in kind leaves it open; the fields that people look at. */
const DEFAULTS: Record<string, Defaults> = {
  pods: pod => withSpec(pod, podSpec(recordAt(pod, 'spec'))),
  'deployments.apps': deployment => {
    const spec = workloadSpec(recordAt(deployment, 'spec'));
    const strategy = recordAt(spec, 'strategy');
    return withSpec(deployment, {
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      ...spec,
      strategy:
        strategy.type === 'Recreate'
          ? strategy
          : {
              type: 'RollingUpdate',
              ...strategy,
              rollingUpdate: {
                ...ROLLING_UPDATE,
                ...recordAt(strategy, 'rollingUpdate'),
              },
            },
    });
  },
  'replicasets.apps': set => withSpec(set, workloadSpec(recordAt(set, 'spec'))),
  'statefulsets.apps': set =>
    withSpec(set, {
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      ...workloadSpec(recordAt(set, 'spec')),
    }),
  services: service => {
    const spec = recordAt(service, 'spec');
    return withSpec(service, {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ...(spec.type !== 'ExternalName' && { clusterIP: clusterIp(service) }),
      ...spec,
      ...(Array.isArray(spec.ports) && {
        ports: spec.ports.filter(isRecord).map(port => ({
          protocol: 'TCP',
          targetPort: port.port,
          ...port,
        })),
      }),
    });
  },
  secrets: secret => {
    const { stringData, ...rest } = secret;
    const encoded = Object.entries(recordAt(secret, 'stringData')).map(
      ([key, value]) => [key, Buffer.from(String(value)).toString('base64')],
    );
    return {
      ...rest,
      type: secret.type ?? 'Opaque',
      ...(isRecord(stringData) && {
        data: {
          ...recordAt(secret, 'data'),
          ...Object.fromEntries(encoded),
        },
      }),
    } as KubeObject;
  },
};

/** An address of the service network; always the same for a name, so that an update keeps it. */
function clusterIp({ metadata }: KubeObject): string {
  const hash = createHash('sha256')
    .update(`${metadata.namespace}/${metadata.name}`)
    .digest();
  return `10.${96 + (hash[0] % 16)}.${hash[1]}.${1 + (hash[2] % 254)}`;
}

/** The object with the defaults of its kind. */
export function withDefaults(
  kind: ResourceKind,
  object: KubeObject,
): KubeObject {
  return DEFAULTS[kind.resource]?.(object) ?? object;
}

function withSpec(object: KubeObject, spec: JsonRecord): KubeObject {
  return { ...object, spec };
}

function workloadSpec(spec: JsonRecord): JsonRecord {
  const template = recordAt(spec, 'template');
  return {
    replicas: 1,
    ...spec,
    template: { ...template, spec: podSpec(recordAt(template, 'spec')) },
  };
}

function podSpec(spec: JsonRecord): JsonRecord {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    ...spec,
    ...containerLists(spec),
  };
}

function containerLists(spec: JsonRecord): JsonRecord {
  const lists: JsonRecord = {};
  for (const field of ['containers', 'initContainers']) {
    const containers = spec[field];
    if (Array.isArray(containers)) {
      lists[field] = containers.map((container: unknown) =>
        isRecord(container) ? containerDefaults(container) : container,
      );
    }
  }
  return lists;
}

function containerDefaults(container: JsonRecord): JsonRecord {
  const image = String(container.image ?? '');
  const isLatest = image.endsWith(':latest') || !/[:@][^/]*$/.test(image);
  return {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: isLatest ? 'Always' : 'IfNotPresent',
    resources: {},
    ...container,
    ...(Array.isArray(container.ports) && {
      ports: container.ports
        .filter(isRecord)
        .map(port => ({ protocol: 'TCP', ...port })),
    }),
  };
}
