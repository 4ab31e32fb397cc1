import { isRecord, JsonRecord } from '../../../cluster/json';
import {
  FieldError,
  invalidValue,
} from '../../validation/structural/fieldErrors';

const SCHEDULER = 'spec.router.scheduler';
const CONFIG = `${SCHEDULER}.config`;

/** Whether the configuration of the endpoint picker is given once, and not empty. */
export function schedulerErrors(scheduler: JsonRecord): FieldError[] {
  const { replicas, config } = scheduler;
  const errors: FieldError[] = [];
  const refuse = (field: string, value: unknown, words: string) =>
    errors.push(invalidValue(field, value, words));
  if (typeof replicas === 'number' && replicas <= 0) {
    refuse(
      `${SCHEDULER}.replicas`,
      replicas,
      'scheduler replicas must be greater than zero',
    );
  }
  if (!isRecord(config)) {
    return errors;
  }
  const { inline, ref } = config;
  if (inline === undefined && ref === undefined) {
    refuse(CONFIG, config, 'either inline or ref is required');
  }
  if (inline !== undefined && ref !== undefined) {
    refuse(
      CONFIG,
      config,
      'both inline and ref are set, either specify inline or ref',
    );
  }
  if (inline !== undefined && JSON.stringify(inline).length < 3) {
    refuse(`${CONFIG}.inline`, inline, 'inline configuration is invalid');
  }
  if (isRecord(ref) && !ref.name) {
    refuse(`${CONFIG}.ref.name`, ref, 'name is empty');
  }
  return errors;
}
