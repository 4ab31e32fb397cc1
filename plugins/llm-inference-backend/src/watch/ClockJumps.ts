import type { Clock } from './Clock';

/** A wall clock that is this far from where it should be has been set. */
const JUMP_MS = 5_000;

/** How often it is looked at. */
const EVERY_MS = 1_000;

/** Compares the wall clock with time that only runs forward. */
export class ClockJumps {
  readonly #clock: Clock;
  #wall: number;
  #ran = performance.now();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
  }

  /** By how many milliseconds the clock has been set since the last call; 0 where it has only run on. */
  take(): number {
    const wall = this.#clock.now();
    const ran = performance.now();
    const jumped = wall - this.#wall - (ran - this.#ran);
    this.#wall = wall;
    this.#ran = ran;
    return Math.abs(jumped) > JUMP_MS ? Math.round(jumped) : 0;
  }
}

/** Tells of every jump of the clock within about a second; returns a function that stops it. */
export function onClockJump(
  clock: Clock,
  listener: (jumpedMs: number) => void,
): () => void {
  const jumps = new ClockJumps(clock);
  const timer = setInterval(() => {
    const jumpedMs = jumps.take();
    if (jumpedMs !== 0) listener(jumpedMs);
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
