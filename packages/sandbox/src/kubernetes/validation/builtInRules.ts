import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, jsonEqual, recordAt } from '../../cluster/json';
import { ResourceKind } from '../../cluster/kinds';
import { FieldError, invalidValue, required } from './structural/fieldErrors';

type Rule = (object: KubeObject, before?: KubeObject) => FieldError[];

/** The checks of built-in kinds that matter to who writes workloads; not all that a real API server makes. */
const RULES: Record<string, Rule> = {
  'deployments.apps': workload,
  'replicasets.apps': workload,
  'statefulsets.apps': workload,
  pods: pod => containerErrors(recordAt(pod, 'spec'), 'spec'),
  services: service => {
    const { ports, clusterIP, type } = recordAt(service, 'spec');
    const needsPorts = clusterIP !== 'None' && type !== 'ExternalName';
    return needsPorts && !(Array.isArray(ports) && ports.length > 0)
      ? [required('spec.ports')]
      : [];
  },
  'rolebindings.rbac.authorization.k8s.io': binding,
  'clusterrolebindings.rbac.authorization.k8s.io': binding,
};

export function builtInErrors(
  kind: ResourceKind,
  object: KubeObject,
  before?: KubeObject,
): FieldError[] {
  return RULES[kind.resource]?.(object, before) ?? [];
}

function workload(object: KubeObject, before?: KubeObject): FieldError[] {
  const spec = recordAt(object, 'spec');
  const errors: FieldError[] = [];
  if (!isRecord(spec.selector)) {
    errors.push(required('spec.selector'));
  } else if (
    before &&
    !jsonEqual(recordAt(before, 'spec').selector, spec.selector)
  ) {
    errors.push(
      invalidValue('spec.selector', spec.selector, 'field is immutable'),
    );
  } else {
    const wanted = recordAt(spec.selector, 'matchLabels');
    const labels = recordAt(spec, 'template', 'metadata', 'labels');
    const fits = Object.entries(wanted).every(
      ([key, value]) => labels[key] === value,
    );
    if (!fits) {
      errors.push(
        invalidValue(
          'spec.template.metadata.labels',
          labels,
          '`selector` does not match template `labels`',
        ),
      );
    }
  }
  if (typeof spec.replicas === 'number' && spec.replicas < 0) {
    errors.push(
      invalidValue(
        'spec.replicas',
        spec.replicas,
        'must be greater than or equal to 0',
      ),
    );
  }
  return [
    ...errors,
    ...containerErrors(
      recordAt(spec, 'template', 'spec'),
      'spec.template.spec',
    ),
  ];
}

function containerErrors(
  spec: Record<string, unknown>,
  path: string,
): FieldError[] {
  const { containers } = spec;
  if (!Array.isArray(containers) || containers.length === 0) {
    return [required(`${path}.containers`)];
  }
  return containers.flatMap((container: unknown, index) => {
    const { name, image } = recordAt(container);
    return [
      ...(name ? [] : [required(`${path}.containers[${index}].name`)]),
      ...(image ? [] : [required(`${path}.containers[${index}].image`)]),
    ];
  });
}

function binding(object: KubeObject, before?: KubeObject): FieldError[] {
  return before && !jsonEqual(before.roleRef, object.roleRef)
    ? [invalidValue('roleRef', object.roleRef, 'cannot change roleRef')]
    : [];
}
