import { isRecord, JsonRecord } from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
  required,
} from '../../validation/structural/fieldErrors';

/** Whether a rollout can ever get on. */
export function rolloutErrors(pool: JsonRecord, path: string): FieldError[] {
  const strategy = pool.rolloutStrategy;
  if (!isRecord(strategy)) {
    return [];
  }
  const at = `${path}.rolloutStrategy`;
  const { maxUnavailable, maxSurge } = strategy;
  const errors = [
    ...amountErrors(maxUnavailable, `${at}.maxUnavailable`),
    ...amountErrors(maxSurge, `${at}.maxSurge`),
  ];
  if (errors.length > 0 || maxUnavailable === undefined) {
    return errors;
  }
  // KServe scales percentages against one replica: unavailable ones round down, the surge rounds up.
  const none = Math.floor(ofOne(maxUnavailable)) === 0;
  if (maxSurge === undefined) {
    return none && isRecord(pool.worker)
      ? [
          required(
            `${at}.maxSurge`,
            'maxSurge is required for multi-node workloads when maxUnavailable is 0, otherwise no rolling update progress is possible',
          ),
        ]
      : [];
  }
  return none && Math.ceil(ofOne(maxSurge)) === 0
    ? [
        invalidValue(
          at,
          strategy,
          'maxUnavailable and maxSurge cannot both be zero; this would prevent any rolling update progress',
        ),
      ]
    : [];
}

function ofOne(amount: unknown): number {
  return typeof amount === 'number'
    ? amount
    : Number(String(amount).replace('%', '')) / 100;
}

function amountErrors(amount: unknown, at: string): FieldError[] {
  if (typeof amount === 'number' && amount < 0) {
    return [invalidValue(at, amount, 'must be greater than or equal to 0')];
  }
  if (typeof amount !== 'string') {
    return [];
  }
  if (!/^[0-9]+%$/.test(amount)) {
    return [
      invalidValue(
        at,
        amount,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ),
    ];
  }
  return Number(amount.slice(0, -1)) > 100
    ? [invalidValue(at, amount, 'must not be greater than 100%')]
    : [];
}
