import { isRecord, JsonRecord } from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
  required,
} from '../../validation/structural/fieldErrors';
import { Pool } from './Pool';

/** Whether each pool scales in one way, and both pools in the same. */
export function scalingErrors(pools: Pool[]): FieldError[] {
  return [...pools.flatMap(poolErrors), ...mixedErrors(pools)];
}

function poolErrors({ path, pool }: Pool): FieldError[] {
  const { scaling, replicas } = pool;
  if (!isRecord(scaling)) {
    return [];
  }
  const at = `${path}.scaling`;
  const { minReplicas, maxReplicas } = scaling;
  const errors: FieldError[] = [];
  if (replicas !== undefined) {
    errors.push(
      invalidValue(
        at,
        scaling,
        'scaling and replicas are mutually exclusive; use scaling for autoscaled deployments or replicas for static deployments',
      ),
    );
  }
  if (
    typeof minReplicas === 'number' &&
    typeof maxReplicas === 'number' &&
    minReplicas > maxReplicas
  ) {
    errors.push(
      invalidValue(
        `${at}.minReplicas`,
        minReplicas,
        `minReplicas (${minReplicas}) cannot exceed maxReplicas (${maxReplicas})`,
      ),
    );
  }
  return [...errors, ...mechanismErrors(scaling, at)];
}

function mechanismErrors(scaling: JsonRecord, at: string): FieldError[] {
  const { wva, keda } = scaling;
  if (isRecord(wva) && isRecord(keda)) {
    return [
      invalidValue(
        at,
        scaling,
        'wva and keda are mutually exclusive; choose one scaling mechanism',
      ),
    ];
  }
  if (isRecord(wva)) {
    return actuatorErrors(wva, `${at}.wva`);
  }
  if (!isRecord(keda)) {
    return [
      required(
        at,
        'either wva or keda must be specified when scaling is configured',
      ),
    ];
  }
  return Array.isArray(keda.triggers) && keda.triggers.length > 0
    ? []
    : [
        required(
          `${at}.keda.triggers`,
          'at least one trigger is required when using direct KEDA scaling',
        ),
      ];
}

function actuatorErrors(wva: JsonRecord, at: string): FieldError[] {
  const { hpa, keda } = wva;
  if (isRecord(hpa) && isRecord(keda)) {
    return [
      invalidValue(
        at,
        wva,
        'hpa and keda are mutually exclusive; choose one actuator backend',
      ),
    ];
  }
  return isRecord(hpa) || isRecord(keda)
    ? []
    : [
        required(
          at,
          'either hpa or keda must be specified as the actuator backend',
        ),
      ];
}

function mixedErrors(pools: Pool[]): FieldError[] {
  const [decode, prefill] = pools.map(({ pool }) => pool.scaling);
  if (!isRecord(decode) || !isRecord(prefill)) {
    return [];
  }
  const mode = (scaling: JsonRecord) =>
    isRecord(scaling.keda) ? 'direct keda' : 'wva';
  if (mode(decode) !== mode(prefill)) {
    return [
      invalidValue(
        'spec.prefill.scaling',
        prefill,
        `decode and prefill must use the same scaling mode; decode uses ${mode(
          decode,
        )} but prefill uses ${mode(prefill)}`,
      ),
    ];
  }
  if (!isRecord(decode.wva) || !isRecord(prefill.wva)) {
    return [];
  }
  const backend = (wva: JsonRecord) => (isRecord(wva.hpa) ? 'hpa' : 'keda');
  const [ours, theirs] = [backend(decode.wva), backend(prefill.wva)];
  return ours === theirs
    ? []
    : [
        invalidValue(
          'spec.prefill.scaling.wva',
          prefill.wva,
          `decode and prefill must use the same actuator backend; decode uses ${ours} but prefill uses ${theirs} — mixing backends requires two separate metric pipelines and leads to independent, unsynchronised scaling decisions`,
        ),
      ];
}
