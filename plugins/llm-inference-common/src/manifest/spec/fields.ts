import { z } from 'zod/v4';

import { FORMATS } from './formats';
import { refusal, type Refusal } from './Problem';
import type { ProblemCode } from './problemCodes';
import { refuseIn } from './schemaProblems';

/**
 * Longest name of a service. Above it `<name>-kserve-router-scheduler` passes 63 characters, KServe cuts and
 * hashes the names of the children, and routing to long names is a known defect (kserve#5415).
 *
 * @public
 */
export const LONGEST_SERVICE_NAME = 38;

/** Why a service may not have this name, or undefined when it may. @public */
export function refuseServiceName(name: string): Refusal | undefined {
  if (name === '') return refusal('nameMissing', 'A service needs a name');
  if (name.length > LONGEST_SERVICE_NAME) {
    const words = {
      name: name.slice(0, 60),
      length: name.length,
      most: LONGEST_SERVICE_NAME,
    };
    return refusal(
      'nameTooLong',
      `'${words.name}' has ${words.length} characters. At most ${words.most}: KServe appends to the name, and what passes 63 characters is cut and hashed`,
      words,
    );
  }
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  const suggestion = suggestServiceName(name);
  let code: ProblemCode = 'nameCharacters';
  let reason = `'${name}' may hold only lower case letters, digits and dashes`;
  if (/\./.test(name)) {
    code = 'nameDot';
    reason = `'${name}' holds a dot. The name becomes a Kubernetes Service, whose name may not (DNS-1035)`;
  } else if (/^[0-9]/.test(name)) {
    code = 'nameDigitFirst';
    reason = `'${name}' starts with a digit. The name becomes a Kubernetes Service and must start with a letter (DNS-1035)`;
  } else if (/^-|-$/.test(name)) {
    code = 'nameDash';
    reason = `'${name}' starts or ends with a dash`;
  } else if (/[A-Z]/.test(name)) {
    code = 'nameUpperCase';
    reason = `'${name}' holds upper case letters; Kubernetes names are lower case`;
  }
  return refusal(code, suggestion ? `${reason}. Try '${suggestion}'` : reason, {
    name,
    suggestion,
  });
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
  const refused = refuseServiceName(name);
  if (refused) refuseIn(context, [], refused);
});

/** A DNS-1123 label: namespaces, port names, secrets in short form. */
export const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, FORMATS.dnsLabel);

/** A DNS-1123 subdomain: the name of a Secret, ConfigMap, service account or gateway. */
export const objectName = z
  .string()
  .max(253, 'may have at most 253 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    FORMATS.objectName,
  );

/** The name of a cluster in the portal's configuration; also a folder of the repository. */
export const clusterName = z
  .string()
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9_]{0,61}[A-Za-z0-9])?$/, FORMATS.clusterName);

/** `prefix/name` of an extended resource. The prefix is what tells it from cpu and memory. */
export const extendedResource = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    FORMATS.extendedResource,
  );

export const labelKey = z
  .string()
  .max(317)
  .regex(
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    FORMATS.labelKey,
  );

export const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
    FORMATS.labelValue,
  );

/** Cores, as `4` or `500m`. */
export const cpuQuantity = z
  .string()
  .regex(/^[1-9][0-9]{0,4}m?$/, FORMATS.cpuQuantity);

/** Memory in binary units, as `32Gi`. */
export const memoryQuantity = z
  .string()
  .regex(/^[1-9][0-9]{0,5}(Mi|Gi|Ti)$/, FORMATS.memoryQuantity);

/** An entity reference, or a name that stands for an entity of the default kind and namespace. */
export const entityRef = z
  .string()
  .max(200)
  .regex(
    /^([A-Za-z][A-Za-z0-9]{0,62}:)?([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    FORMATS.entityRef,
  );

/** Words for people: no markup is interpreted, no line breaks are kept. */
export const plainText = z.string().trim().min(1).max(300);

/** An image that cannot change under a tag. */
export const pinnedImage = z
  .string()
  .max(500)
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(:[0-9]{1,5})?(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64}$/,
    FORMATS.pinnedImage,
  );
