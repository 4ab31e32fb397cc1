import { findCondition, type Condition } from '../../resource/conditions';
import type { Facts } from '../facts/Facts';

/** A condition of the resource that can be believed: presets combined and generation observed. */
export function believableCondition(
  { resource }: Pick<Facts, 'resource'>,
  type: string,
): Condition | undefined {
  if (!resource?.observed) {
    return undefined;
  }
  const presets = findCondition(resource.conditions, 'PresetsCombined');
  return presets && presets.status !== 'True'
    ? undefined
    : findCondition(resource.conditions, type);
}
