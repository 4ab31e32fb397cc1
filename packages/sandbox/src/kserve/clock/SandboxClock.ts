import { Clock } from '../../cluster/ClusterStore';

interface Timer {
  due: number;
  callback: () => void;
}

/**
 * The clock that the players of a cluster live by. It starts either live or at a moment of the past.
 *
 * Live, it tells the wall's time and runs timers `speed` times as fast, so that a model which takes
 * five minutes to load is there within seconds while all timestamps stay true. Started in the past it
 * stands still until it is advanced, which is how a cluster gets a history before anybody looks at it;
 * {@link SandboxClock.goLive} then hands it over to the wall.
 */
export class SandboxClock implements Clock {
  /** How many seconds of play pass in one second of the wall, once live. */
  readonly speed: number;
  /** What is to come, the next one last. */
  private readonly timers: Timer[] = [];
  private wakeUp?: NodeJS.Timeout;
  private virtualNow?: number;
  /** Play time, in milliseconds, at which the clock went live. */
  private liveSince = Date.now();
  private playAtLive = 0;

  constructor(options: { speed?: number; startAt?: Date } = {}) {
    this.speed = options.speed ?? 1;
    this.virtualNow = options.startAt?.getTime();
    this.playAtLive = this.virtualNow ?? 0;
  }

  now(): Date {
    return new Date(this.virtualNow ?? Date.now());
  }

  /** Milliseconds of play since a moment, which is more than the wall saw where play is faster. */
  playSince(moment: Date): number {
    const since = moment.getTime();
    if (this.virtualNow !== undefined) {
      return this.virtualNow - since;
    }
    const before = Math.max(0, this.liveSince - since);
    return before + (Date.now() - Math.max(since, this.liveSince)) * this.speed;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    const timer: Timer = {
      due: this.playNow() + Math.max(0, ms),
      callback,
    };
    this.insert(timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) {
        this.timers.splice(index, 1);
      }
    };
  }

  /** Lets time pass up to a moment, running what falls due on the way. Only before going live. */
  advanceTo(moment: Date): void {
    if (this.virtualNow === undefined) {
      throw new Error(
        'A live clock cannot be advanced; create it with startAt',
      );
    }
    const end = moment.getTime();
    for (let next = this.next(); next && next.due <= end; next = this.next()) {
      this.virtualNow = Math.max(this.virtualNow, next.due);
      this.timers.pop();
      next.callback();
    }
    this.virtualNow = Math.max(this.virtualNow, end);
  }

  /** Lets some milliseconds pass, like {@link SandboxClock.advanceTo}. */
  advance(ms: number): void {
    this.advanceTo(new Date(this.now().getTime() + ms));
  }

  /** From here on the wall's time counts; what is still to come comes `speed` times as fast. */
  goLive(): void {
    if (this.virtualNow === undefined) {
      return;
    }
    this.playAtLive = this.virtualNow;
    this.liveSince = Date.now();
    this.virtualNow = undefined;
    this.arm();
  }

  /** Forgets every timer. */
  stop(): void {
    this.timers.length = 0;
    clearTimeout(this.wakeUp);
    this.wakeUp = undefined;
  }

  private playNow(): number {
    return (
      this.virtualNow ??
      this.playAtLive + (Date.now() - this.liveSince) * this.speed
    );
  }

  private next(): Timer | undefined {
    return this.timers.at(-1);
  }

  private insert(timer: Timer): void {
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.timers[middle].due > timer.due) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.timers.splice(low, 0, timer);
    if (this.next() === timer) {
      this.arm();
    }
  }

  private arm(): void {
    if (this.virtualNow !== undefined) {
      return;
    }
    clearTimeout(this.wakeUp);
    const first = this.next();
    this.wakeUp = first
      ? setTimeout(
          () => this.runDue(),
          Math.max(0, (first.due - this.playNow()) / this.speed),
        )
      : undefined;
  }

  private runDue(): void {
    const now = this.playNow();
    try {
      for (
        let next = this.next();
        next && next.due <= now;
        next = this.next()
      ) {
        this.timers.pop();
        next.callback();
      }
    } finally {
      this.arm();
    }
  }
}
