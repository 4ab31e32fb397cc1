import {
  isRecord,
  jsonEqual,
  JsonRecord,
  recordAt,
} from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
  required,
} from '../../validation/structural/fieldErrors';

const ROUTE = 'spec.router.route';
const HTTP = `${ROUTE}.http`;
const GATEWAY = 'spec.router.gateway';

const listOf = (value: unknown): JsonRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** Whether route, gateway and ingress of a router fit together. */
export function routerErrors(router: JsonRecord): FieldError[] {
  return [...referenceErrors(router), ...trafficErrors(router)];
}

function referenceErrors(router: JsonRecord): FieldError[] {
  const http = recordAt(router, 'route', 'http');
  const refs = listOf(http.refs);
  const gatewayRefs = listOf(recordAt(router, 'gateway').refs);
  const errors: FieldError[] = [];
  if (refs.length > 0 && isRecord(http.spec)) {
    errors.push(
      invalidValue(
        HTTP,
        http,
        `unsupported configuration: cannot use both custom HTTPRoute refs ('${HTTP}.refs') and an inline route spec ('${HTTP}.spec'); choose one`,
      ),
    );
  }
  if (refs.length > 0 && isRecord(router.gateway) && gatewayRefs.length === 0) {
    errors.push(
      invalidValue(
        `${HTTP}.refs`,
        refs,
        `unsupported configuration: custom HTTP routes ('${HTTP}.refs') cannot be used with a managed gateway ('${GATEWAY}'); either remove '${HTTP}.refs' or set '${GATEWAY}.refs'`,
      ),
    );
  }
  const parents = listOf(recordAt(http, 'spec').parentRefs);
  if (
    parents.length > 0 &&
    gatewayRefs.length > 0 &&
    !jsonEqual(keysOf(parents), keysOf(gatewayRefs))
  ) {
    errors.push(
      invalidValue(
        `${HTTP}.spec`,
        http.spec,
        `unsupported configuration: managed HTTP route spec ('${HTTP}.spec') has parentRefs that conflict with custom gateway refs ('${GATEWAY}.refs'); either remove '${GATEWAY}.refs' or '${HTTP}.spec.parentRefs'`,
      ),
    );
  }
  return errors;
}

/** What tells gateways apart, in an order of its own. */
function keysOf(refs: JsonRecord[]): string[] {
  return refs
    .map(({ namespace = '', name = '', sectionName = '' }) =>
      [namespace, name, sectionName].join('/'),
    )
    .sort();
}

function trafficErrors(router: JsonRecord): FieldError[] {
  const { group, weight, http } = recordAt(router, 'route');
  if (group === undefined && weight === undefined) {
    return [];
  }
  if (isRecord(router.ingress)) {
    return [
      invalidValue(
        `${ROUTE}.group`,
        group ?? '',
        'traffic splitting requires Gateway API routing; the controller manages HTTPRoutes, not Ingress resources',
      ),
    ];
  }
  if (group === undefined) {
    return [required(`${ROUTE}.group`, 'weight requires group')];
  }
  if (weight === undefined) {
    return [required(`${ROUTE}.weight`, 'group requires weight')];
  }
  return listOf(recordAt(http).refs).length > 0
    ? [
        invalidValue(
          `${ROUTE}.group`,
          group,
          'traffic splitting cannot be used with custom HTTPRoute refs; controller-managed routes (route.http.spec or route.http: {}) are required',
        ),
      ]
    : [];
}
