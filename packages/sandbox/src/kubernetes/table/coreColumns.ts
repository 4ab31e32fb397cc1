import { KubeObject } from '../../cluster/ClusterStore';
import { recordAt } from '../../cluster/json';
import { age } from './age';
import {
  AGE,
  Column,
  column,
  integer,
  NAME,
  numberAt,
  recordsAt,
  selectorText,
  textAt,
  wide,
} from './column';
import { podSummary } from './podStatus';

const NONE = '<none>';

const sizeOf = (object: KubeObject, field: string) =>
  Object.keys(recordAt(object, field)).length;

function nodeStatus(node: KubeObject): string {
  const ready = recordsAt(node, ['status', 'conditions']).find(
    condition => condition.type === 'Ready',
  );
  const words = [ready?.status === 'True' ? 'Ready' : 'NotReady'];
  if (recordAt(node, 'spec').unschedulable === true) {
    words.push('SchedulingDisabled');
  }
  return words.join(',');
}

function nodeRoles({ metadata }: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length));
  return roles.length > 0 ? roles.sort().join(',') : NONE;
}

function servicePorts(service: KubeObject): string {
  const ports = recordsAt(service, ['spec', 'ports']).map(
    port =>
      `${port.port}${port.nodePort ? `:${port.nodePort}` : ''}/${
        port.protocol ?? 'TCP'
      }`,
  );
  return ports.length > 0 ? ports.join(',') : NONE;
}

function lastSeen(event: KubeObject, now: Date): string {
  const time =
    textAt(event, ['series', 'lastObservedTime']) ||
    textAt(event, ['lastTimestamp']) ||
    textAt(event, ['eventTime']) ||
    textAt(event, ['firstTimestamp']);
  return age(time, now);
}

function quota(field: 'requests' | 'limits') {
  return ({ status }: KubeObject) => {
    const used = recordAt(status, 'used');
    return Object.entries(recordAt(status, 'hard'))
      .filter(([name]) => name.startsWith('limits.') === (field === 'limits'))
      .map(([name, hard]) => `${name}: ${used[name] ?? 0}/${hard}`)
      .join(', ');
  };
}

/** Columns of the core group, as the API server prints them. */
export const CORE_COLUMNS: Record<string, Column[]> = {
  pods: [
    NAME,
    column('Ready', (pod, now) => podSummary(pod, now).ready),
    column('Status', (pod, now) => podSummary(pod, now).status),
    column('Restarts', (pod, now) => podSummary(pod, now).restarts),
    AGE,
    wide('IP', pod => textAt(pod, ['status', 'podIP'], NONE)),
    wide('Node', pod => textAt(pod, ['spec', 'nodeName'], NONE)),
    wide('Nominated Node', pod =>
      textAt(pod, ['status', 'nominatedNodeName'], NONE),
    ),
    wide('Readiness Gates', () => NONE),
  ],
  events: [
    column('Last Seen', lastSeen),
    column('Type', event => textAt(event, ['type'])),
    column('Reason', event => textAt(event, ['reason'])),
    column('Object', event => {
      const { kind, name } = recordAt(event, 'involvedObject');
      return `${String(kind ?? '').toLowerCase()}/${name ?? ''}`;
    }),
    wide('Subobject', event => textAt(event, ['involvedObject', 'fieldPath'])),
    wide('Source', event =>
      [
        textAt(event, ['source', 'component']) ||
          textAt(event, ['reportingComponent']),
        textAt(event, ['source', 'host']),
      ]
        .filter(Boolean)
        .join(', '),
    ),
    column('Message', event => textAt(event, ['message']).trim()),
    wide('First Seen', (event, now) =>
      age(
        textAt(event, ['firstTimestamp']) || textAt(event, ['eventTime']),
        now,
      ),
    ),
    wide('Count', event => numberAt(event, ['count']) || 1),
    { ...NAME, priority: 1 },
  ],
  services: [
    NAME,
    column('Type', service => textAt(service, ['spec', 'type'], 'ClusterIP')),
    column('Cluster-IP', service =>
      textAt(service, ['spec', 'clusterIP'], NONE),
    ),
    column('External-IP', () => NONE),
    column('Port(s)', servicePorts),
    AGE,
    wide('Selector', service =>
      selectorText(recordAt(service, 'spec', 'selector')),
    ),
  ],
  nodes: [
    NAME,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    AGE,
    column('Version', node =>
      textAt(node, ['status', 'nodeInfo', 'kubeletVersion']),
    ),
    wide(
      'Internal-IP',
      node =>
        recordsAt(node, ['status', 'addresses'])
          .filter(address => address.type === 'InternalIP')
          .map(address => String(address.address))[0] ?? NONE,
    ),
  ],
  namespaces: [
    NAME,
    column('Status', namespace => textAt(namespace, ['status', 'phase'])),
    AGE,
  ],
  configmaps: [
    NAME,
    integer(
      'Data',
      object => sizeOf(object, 'data') + sizeOf(object, 'binaryData'),
    ),
    AGE,
  ],
  secrets: [
    NAME,
    column('Type', secret => textAt(secret, ['type'], 'Opaque')),
    integer('Data', secret => sizeOf(secret, 'data')),
    AGE,
  ],
  serviceaccounts: [
    NAME,
    integer('Secrets', account => recordsAt(account, ['secrets']).length),
    AGE,
  ],
  persistentvolumeclaims: [
    NAME,
    column('Status', claim => textAt(claim, ['status', 'phase'], 'Pending')),
    column('Volume', claim => textAt(claim, ['spec', 'volumeName'])),
    column('Capacity', claim =>
      textAt(claim, ['status', 'capacity', 'storage']),
    ),
    column('Access Modes', claim => {
      const { accessModes } = recordAt(claim, 'spec');
      const initials = (Array.isArray(accessModes) ? accessModes : []).map(
        mode => String(mode).replace(/[a-z]/g, ''),
      );
      return initials.join(',');
    }),
    column('StorageClass', claim =>
      textAt(claim, ['spec', 'storageClassName'], '<unset>'),
    ),
    AGE,
  ],
  resourcequotas: [
    NAME,
    AGE,
    column('Request', quota('requests')),
    column('Limit', quota('limits')),
  ],
};
