import { compactTime, expandTime } from './compactTime';
import { compact, isObject, objectOf, pick, stringOf } from './fields';
import type { JsonObject } from './fields';

/**
 * A container's status as a row: name, ready, started, restarts, state, last state. A running state is
 * nothing but the time since when.
 */
export type ContainerRow = [
  string | null,
  boolean,
  boolean | null,
  number,
  StateCell?,
  StateCell?,
];

type StateCell = number | string | JsonObject | null;

/** Image and image id by container name. */
export type ContainerImages = Record<
  string,
  [string | undefined, string | undefined]
>;

/** Fields of a waiting or terminated state; the container's id is read by nobody and never the same twice. */
const STATE_FIELDS = [
  'reason',
  'message',
  'exitCode',
  'signal',
  'startedAt',
  'finishedAt',
];

/** Packs a container's status. */
export function packContainer(status: JsonObject): ContainerRow {
  const cells = [packState(status.state), packState(status.lastState)];
  while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop();
  return [
    stringOf(status.name) ?? null,
    status.ready === true,
    typeof status.started === 'boolean' ? status.started : null,
    typeof status.restartCount === 'number' ? status.restartCount : 0,
    ...cells,
  ] as ContainerRow;
}

/** The container's status, with the images of its template. */
export function unpackContainer(
  row: ContainerRow,
  images: ContainerImages,
): JsonObject {
  const [name, ready, started, restartCount, state, lastState] = row;
  const [image, imageID] = images[name ?? ''] ?? [];
  return compact({
    name: name ?? undefined,
    ready,
    started: started ?? undefined,
    restartCount,
    state: unpackState(state),
    lastState: unpackState(lastState),
    image,
    imageID,
  });
}

function packState(value: unknown): StateCell {
  const [entry] = Object.entries(objectOf(value));
  if (!entry) return null;
  const [phase, details] = entry;
  if (phase === 'running' && isObject(details) && details.startedAt) {
    return compactTime(details.startedAt);
  }
  return { [phase]: pick(details, STATE_FIELDS) };
}

function unpackState(cell: StateCell | undefined): JsonObject | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell === 'object') return cell;
  return { running: { startedAt: expandTime(cell) } };
}
