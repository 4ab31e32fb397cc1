import { isRecord } from '../../cluster/json';
import { FieldSet, itemElement } from './fieldSet';
import { MergeType } from './mergeTypes';

/** Lays an applied configuration over what is there. */
export function mergeApplied(
  current: unknown,
  applied: unknown,
  type: MergeType,
): unknown {
  if (isRecord(applied) && isRecord(current) && !type.atomicMap) {
    const result = { ...current };
    for (const [name, value] of Object.entries(applied)) {
      if (value !== null) {
        result[name] = mergeApplied(result[name], value, type.field(name));
      }
    }
    return result;
  }
  if (
    Array.isArray(applied) &&
    Array.isArray(current) &&
    type.list !== 'atomic'
  ) {
    const itemType = type.item();
    const existing = new Map<string, unknown>(
      current.map((item: unknown) => [itemElement(item, type), item]),
    );
    for (const item of applied) {
      const element = itemElement(item, type);
      existing.set(
        element,
        existing.has(element)
          ? mergeApplied(existing.get(element), item, itemType)
          : item,
      );
    }
    return [...existing.values()];
  }
  return applied;
}

/** Takes the fields of a set out of a value; maps and lists that become empty by it go too. */
export function removeFields(
  value: unknown,
  set: FieldSet,
  type: MergeType,
): unknown {
  if (isRecord(value)) {
    const result = { ...value };
    for (const [element, below] of Object.entries(set)) {
      const name = element.slice(2);
      if (!element.startsWith('f:') || !(name in result)) {
        continue;
      }
      const rest = isWhole(below)
        ? undefined
        : removeFields(result[name], below, type.field(name));
      if (rest === undefined) {
        delete result[name];
      } else {
        result[name] = rest;
      }
    }
    return Object.keys(result).length === 0 ? undefined : result;
  }
  if (Array.isArray(value)) {
    const rest = value.flatMap((item: unknown) => {
      const below = set[itemElement(item, type)];
      if (!below) {
        return [item];
      }
      if (isWhole(below) || '.' in below) {
        return [];
      }
      const kept = removeFields(item, below, type.item());
      return kept === undefined ? [] : [kept];
    });
    return rest.length === 0 ? undefined : rest;
  }
  return undefined;
}

function isWhole(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}
