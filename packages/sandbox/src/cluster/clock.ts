import { Clock } from './ClusterStore';

/**
 * The machine's time, or, with a speed other than 1, a time that starts now and passes `speed` times faster.
 * Timers do not keep the process alive.
 */
export function createClock(options: { speed?: number } = {}): Clock {
  const speed = options.speed ?? 1;
  const start = Date.now();
  return {
    now: () => new Date(start + (Date.now() - start) * speed),
    setTimeout: (callback, ms) => {
      const timer = setTimeout(callback, ms / speed);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
