import { KubeMetadata } from '../../cluster/ClusterStore';
import { ResourceKind } from '../../cluster/kinds';
import { FieldError, invalidValue, required } from './structural/fieldErrors';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const LABEL_1035_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

interface NameRule {
  expression: RegExp;
  words: string;
  bytes: number;
}

const SUBDOMAIN_RULE: NameRule = {
  expression: SUBDOMAIN,
  words: SUBDOMAIN_WORDS,
  bytes: 253,
};

/** Kinds whose names are not simply DNS subdomains. */
const NAME_RULES: Record<string, NameRule> = {
  namespaces: { expression: LABEL, words: LABEL_WORDS, bytes: 63 },
  services: { expression: LABEL_1035, words: LABEL_1035_WORDS, bytes: 63 },
  'roles.rbac.authorization.k8s.io': anyPathSegment(),
  'rolebindings.rbac.authorization.k8s.io': anyPathSegment(),
  'clusterroles.rbac.authorization.k8s.io': anyPathSegment(),
  'clusterrolebindings.rbac.authorization.k8s.io': anyPathSegment(),
};

function anyPathSegment(): NameRule {
  return {
    expression: /^(?!\.\.?$)[^/%]+$/,
    words: "may not be '.', '..' or contain '/' or '%'",
    bytes: 253,
  };
}

/** What is wrong with the name and the labels of an object. */
export function metadataErrors(
  kind: ResourceKind,
  { name, generateName, labels }: KubeMetadata,
): FieldError[] {
  const errors: FieldError[] = [];
  const rule = NAME_RULES[kind.resource] ?? SUBDOMAIN_RULE;
  if (!name && !generateName) {
    errors.push(required('metadata.name', 'name or generateName is required'));
  } else if (name && Buffer.byteLength(name) > rule.bytes) {
    errors.push(
      invalidValue(
        'metadata.name',
        name,
        `must be no more than ${rule.bytes} bytes`,
      ),
    );
  } else if (name && !rule.expression.test(name)) {
    errors.push(invalidValue('metadata.name', name, rule.words));
  }
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!QUALIFIED.test(key)) {
      errors.push(
        invalidValue(
          'metadata.labels',
          key,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ),
      );
    }
    if (value.length > 63) {
      errors.push(
        invalidValue('metadata.labels', value, 'must be no more than 63 bytes'),
      );
    } else if (!LABEL_VALUE.test(value)) {
      errors.push(
        invalidValue(
          'metadata.labels',
          value,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ),
      );
    }
  }
  return errors;
}
