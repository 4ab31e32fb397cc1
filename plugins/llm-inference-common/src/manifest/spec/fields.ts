import { z } from 'zod/v4';

/**
 * Longest name of a service. Above it `<name>-kserve-router-scheduler` passes 63 characters, KServe cuts and
 * hashes the names of the children, and routing to long names is a known defect (kserve#5415).
 *
 * @public
 */
export const LONGEST_SERVICE_NAME = 38;

/** Why a service may not have this name, or undefined when it may. @public */
export function refuseServiceName(name: string): string | undefined {
  if (name === '') return 'A service needs a name';
  if (name.length > LONGEST_SERVICE_NAME) {
    return `'${name.slice(0, 60)}' has ${
      name.length
    } characters. At most ${LONGEST_SERVICE_NAME}: KServe appends to the name, and what passes 63 characters is cut and hashed`;
  }
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  const suggestion = suggestServiceName(name);
  let reason = `'${name}' may hold only lower case letters, digits and dashes`;
  if (/\./.test(name)) {
    reason = `'${name}' holds a dot. The name becomes a Kubernetes Service, whose name may not (DNS-1035)`;
  } else if (/^[0-9]/.test(name)) {
    reason = `'${name}' starts with a digit. The name becomes a Kubernetes Service and must start with a letter (DNS-1035)`;
  } else if (/^-|-$/.test(name)) {
    reason = `'${name}' starts or ends with a dash`;
  } else if (/[A-Z]/.test(name)) {
    reason = `'${name}' holds upper case letters; Kubernetes names are lower case`;
  }
  return suggestion ? `${reason}. Try '${suggestion}'` : reason;
}

/** A valid service name close to a text, or undefined when nothing usable is left of it. @public */
export function suggestServiceName(text: string): string | undefined {
  const dashed = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, LONGEST_SERVICE_NAME)
    .replace(/-+$/, '');
  return dashed || undefined;
}

export const serviceName = z.string().superRefine((name, context) => {
  const message = refuseServiceName(name);
  if (message) context.addIssue({ code: 'custom', message });
});

/** A DNS-1123 label: namespaces, port names, secrets in short form. */
export const dnsLabel = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'must be lower case letters, digits and dashes, at most 63 characters',
  );

/** A DNS-1123 subdomain: the name of a Secret, ConfigMap, service account or gateway. */
export const objectName = z
  .string()
  .max(253, 'may have at most 253 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'must be the name of a Kubernetes object: lower case letters, digits, dashes and dots',
  );

/** The name of a cluster in the portal's configuration; also a folder of the repository. */
export const clusterName = z
  .string()
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9_]{0,61}[A-Za-z0-9])?$/,
    "must be a cluster's name: letters, digits, dashes and underscores",
  );

/** `prefix/name` of an extended resource. The prefix is what tells it from cpu and memory. */
export const extendedResource = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    "must be the name of an extended resource such as 'nvidia.com/gpu'",
  );

export const labelKey = z
  .string()
  .max(317)
  .regex(
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'must be a Kubernetes label key',
  );

export const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
    'must be a Kubernetes label value',
  );

/** Cores, as `4` or `500m`. */
export const cpuQuantity = z
  .string()
  .regex(
    /^[1-9][0-9]{0,4}m?$/,
    "must be cores such as '4' or millicores such as '500m'",
  );

/** Memory in binary units, as `32Gi`. */
export const memoryQuantity = z
  .string()
  .regex(
    /^[1-9][0-9]{0,5}(Mi|Gi|Ti)$/,
    "must be memory such as '512Mi', '32Gi' or '1Ti'",
  );

/** An entity reference, or a name that stands for an entity of the default kind and namespace. */
export const entityRef = z
  .string()
  .max(200)
  .regex(
    /^([A-Za-z][A-Za-z0-9]{0,62}:)?([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    "must be an entity reference such as 'group:default/ml-platform'",
  );

/** Words for people: no markup is interpreted, no line breaks are kept. */
export const plainText = z.string().trim().min(1).max(300);

/** An image that cannot change under a tag. */
export const pinnedImage = z
  .string()
  .max(500)
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(:[0-9]{1,5})?(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64}$/,
    "must name an image by digest: 'registry/repository@sha256:…'. A tag can change under a running service",
  );
