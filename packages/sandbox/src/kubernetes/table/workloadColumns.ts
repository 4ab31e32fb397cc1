import { KubeObject } from '../../cluster/ClusterStore';
import { recordAt } from '../../cluster/json';
import {
  AGE,
  Column,
  column,
  CREATED_AT,
  integer,
  NAME,
  numberAt,
  recordsAt,
  selectorText,
  textAt,
  wide,
} from './column';

const TEMPLATE_CONTAINERS = ['spec', 'template', 'spec', 'containers'];

const TEMPLATE: Column[] = [
  wide('Containers', object => listed(object, 'name')),
  wide('Images', object => listed(object, 'image')),
  wide('Selector', object =>
    selectorText(recordAt(object, 'spec', 'selector', 'matchLabels')),
  ),
];

function listed(object: KubeObject, field: string): string {
  return recordsAt(object, TEMPLATE_CONTAINERS)
    .map(container => String(container[field] ?? ''))
    .join(',');
}

const readyOfDesired = column(
  'Ready',
  object =>
    `${numberAt(object, ['status', 'readyReplicas'])}/${numberAt(object, [
      'spec',
      'replicas',
    ])}`,
);

const roleOf = column(
  'Role',
  binding =>
    `${textAt(binding, ['roleRef', 'kind'])}/${textAt(binding, [
      'roleRef',
      'name',
    ])}`,
);

/** Columns of the built-in groups besides core. */
export const WORKLOAD_COLUMNS: Record<string, Column[]> = {
  'deployments.apps': [
    NAME,
    readyOfDesired,
    integer('Up-to-date', object =>
      numberAt(object, ['status', 'updatedReplicas']),
    ),
    integer('Available', object =>
      numberAt(object, ['status', 'availableReplicas']),
    ),
    AGE,
    ...TEMPLATE,
  ],
  'replicasets.apps': [
    NAME,
    integer('Desired', object => numberAt(object, ['spec', 'replicas'])),
    integer('Current', object => numberAt(object, ['status', 'replicas'])),
    integer('Ready', object => numberAt(object, ['status', 'readyReplicas'])),
    AGE,
    ...TEMPLATE,
  ],
  'statefulsets.apps': [NAME, readyOfDesired, AGE, ...TEMPLATE.slice(0, 2)],
  'networkpolicies.networking.k8s.io': [
    NAME,
    column('Pod-Selector', policy =>
      selectorText(recordAt(policy, 'spec', 'podSelector', 'matchLabels')),
    ),
    AGE,
  ],
  'horizontalpodautoscalers.autoscaling': [
    NAME,
    column(
      'Reference',
      scaler =>
        `${textAt(scaler, ['spec', 'scaleTargetRef', 'kind'])}/${textAt(
          scaler,
          ['spec', 'scaleTargetRef', 'name'],
        )}`,
    ),
    column('Targets', scaler =>
      recordsAt(scaler, ['spec', 'metrics']).length > 0
        ? '<unknown>'
        : '<none>',
    ),
    column('MinPods', scaler =>
      textAt(scaler, ['spec', 'minReplicas'], '<unset>'),
    ),
    integer('MaxPods', scaler => numberAt(scaler, ['spec', 'maxReplicas'])),
    integer('Replicas', scaler =>
      numberAt(scaler, ['status', 'currentReplicas']),
    ),
    AGE,
  ],
  'roles.rbac.authorization.k8s.io': [NAME, CREATED_AT],
  'clusterroles.rbac.authorization.k8s.io': [NAME, CREATED_AT],
  'rolebindings.rbac.authorization.k8s.io': [NAME, roleOf, AGE],
  'clusterrolebindings.rbac.authorization.k8s.io': [NAME, roleOf, AGE],
  'customresourcedefinitions.apiextensions.k8s.io': [NAME, CREATED_AT],
};
