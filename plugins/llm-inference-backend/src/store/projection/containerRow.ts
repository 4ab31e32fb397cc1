import { compactTime } from './compactTime';
import type { CompactTime } from './compactTime';
import { isObject, objectOf, pick } from './fields';
import type { JsonObject } from './fields';
import { filled, numberOrNull, textOrNull, trimRow } from './rows';

/** A container's status: ready and started in one number, restarts, state, last state. */
export type ContainerRow = [number, number, StateCell?, StateCell?];

/** What all pods of a template have of a container: name, image and image id. */
export type ContainerImage = Array<string | null>;

/** Since when a container runs, a row that begins with the first letter of another state, or that state itself. */
type StateCell = CompactTime | StateRow | JsonObject;

type StateRow = Array<string | number | null>;

/** How {@link TimeExpander} gives a time back, from the pod's creation on. */
export type Expand = (time: CompactTime | undefined) => string | undefined;

const READY = 1;
const STARTED = 2;
const NOT_STARTED = 4;

/** Fields of a waiting or terminated state; the container's id is read by nobody and never the same twice. */
const STATE_FIELDS = [
  'reason',
  'message',
  'exitCode',
  'signal',
  'startedAt',
  'finishedAt',
];

/** The name and the image of a container. */
export function containerImage(status: JsonObject): ContainerImage {
  return trimRow([status.name, status.image, status.imageID].map(textOrNull));
}

/** Packs a container's status; times are counted from the pod's creation. */
export function packContainer(
  status: JsonObject,
  createdAt: CompactTime,
): ContainerRow {
  const { ready, started, restartCount } = status;
  const startFlag = started === true ? STARTED : NOT_STARTED;
  return trimRow([
    (ready === true ? READY : 0) +
      (typeof started === 'boolean' ? startFlag : 0),
    numberOrNull(restartCount) ?? 0,
    packState(status.state, createdAt),
    packState(status.lastState, createdAt),
  ]) as ContainerRow;
}

/** The container's status, with the image of its template. */
export function unpackContainer(
  row: ContainerRow,
  image: ContainerImage,
  expand: Expand,
): JsonObject {
  const [flags, restartCount, state, lastState] = row;
  const [name, imageName, imageID] = image;
  return filled({
    name,
    ready: (flags & READY) > 0,
    started:
      flags & (STARTED | NOT_STARTED) ? (flags & STARTED) > 0 : undefined,
    restartCount,
    state: unpackState(state, expand),
    lastState: unpackState(lastState, expand),
    image: imageName,
    imageID,
  });
}

function packState(value: unknown, createdAt: CompactTime): StateCell {
  const [entry] = Object.entries(objectOf(value));
  if (!entry) return null;
  const [phase, details] = entry;
  const { reason, message, exitCode, signal, startedAt, finishedAt } =
    objectOf(details);
  if (phase === 'running' && startedAt) {
    return compactTime(startedAt, createdAt);
  }
  if (phase === 'terminated') {
    return trimRow([
      't',
      textOrNull(reason),
      numberOrNull(exitCode),
      compactTime(startedAt, createdAt),
      compactTime(finishedAt, createdAt),
      numberOrNull(signal),
      textOrNull(message),
    ]);
  }
  if (phase === 'waiting') {
    return trimRow(['w', textOrNull(reason), textOrNull(message)]);
  }
  return { [phase]: pick(details, STATE_FIELDS) };
}

function unpackState(
  cell: StateCell | undefined,
  expand: Expand,
): JsonObject | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (isObject(cell)) return cell;
  if (!Array.isArray(cell)) return { running: { startedAt: expand(cell) } };
  const [letter, ...rest] = cell;
  if (letter === 'w') {
    const [reason, message] = rest;
    return { waiting: filled({ reason, message }) };
  }
  const [reason, exitCode, startedAt, finishedAt, signal, message] = rest;
  return {
    terminated: filled({
      reason,
      exitCode,
      startedAt: expand(startedAt),
      finishedAt: expand(finishedAt),
      signal,
      message,
    }),
  };
}
