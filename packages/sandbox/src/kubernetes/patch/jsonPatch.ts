import { ApiError, badRequest } from '../../cluster/ApiError';
import { isRecord, jsonEqual } from '../../cluster/json';

/** JSON patch (RFC 6902). @throws ApiError 422 where an operation does not fit the object */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  return operations.reduce(applyOperation, target);
}

function applyOperation(target: unknown, operation: unknown): unknown {
  if (!isRecord(operation) || typeof operation.path !== 'string') {
    throw refused('an operation needs op and path');
  }
  const path = parsePointer(operation.path);
  const { op, value } = operation;
  switch (op) {
    case 'add':
      return write(target, path, value, 'insert');
    case 'replace':
      read(target, path);
      return write(target, path, value, 'set');
    case 'remove':
      return remove(target, path);
    case 'test':
      if (!jsonEqual(readOrUndefined(target, path), value)) {
        throw refused(`testing value ${operation.path} failed: test failed`);
      }
      return target;
    case 'copy':
    case 'move': {
      const from = parsePointer(String(operation.from ?? ''));
      const moved = read(target, from);
      const base = op === 'move' ? remove(target, from) : target;
      return write(base, path, moved, 'insert');
    }
    default:
      throw refused(`Unexpected kind: ${String(op)}`);
  }
}

function parsePointer(pointer: string): string[] {
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw refused(`invalid JSON pointer: "${pointer}"`);
  }
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function readOrUndefined(target: unknown, path: string[]): unknown {
  let current = target;
  for (const key of path) {
    if (Array.isArray(current)) {
      current = current[Number(key)];
    } else {
      current = isRecord(current) ? current[key] : undefined;
    }
  }
  return current;
}

function read(target: unknown, path: string[]): unknown {
  const value = readOrUndefined(target, path);
  if (value === undefined) {
    throw missing(path);
  }
  return value;
}

function write(
  target: unknown,
  path: string[],
  value: unknown,
  mode: 'insert' | 'set',
): unknown {
  if (path.length === 0) {
    return value;
  }
  const [key, ...rest] = path;
  if (Array.isArray(target)) {
    const index = key === '-' ? target.length : Number(key);
    if (!Number.isInteger(index) || index < 0 || index > target.length) {
      throw missing(path);
    }
    const copy = [...target];
    if (rest.length > 0) {
      copy[index] = write(target[index], rest, value, mode);
    } else {
      copy.splice(index, mode === 'set' ? 1 : 0, value);
    }
    return copy;
  }
  if (!isRecord(target)) {
    throw missing(path);
  }
  return { ...target, [key]: write(target[key], rest, value, mode) };
}

function remove(target: unknown, path: string[]): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(target)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= target.length) {
      throw missing(path);
    }
    const copy = [...target];
    if (rest.length > 0) {
      copy[index] = remove(target[index], rest);
    } else {
      copy.splice(index, 1);
    }
    return copy;
  }
  if (!isRecord(target) || target[key] === undefined) {
    throw missing(path);
  }
  if (rest.length > 0) {
    return { ...target, [key]: remove(target[key], rest) };
  }
  const { [key]: _, ...others } = target;
  return others;
}

function missing(path: string[]): ApiError {
  return refused(
    `the server rejected our request due to an error in our request: ${path.join(
      '/',
    )}: missing path`,
  );
}

function refused(message: string): ApiError {
  return new ApiError({ code: 422, reason: 'Invalid', message, details: {} });
}
