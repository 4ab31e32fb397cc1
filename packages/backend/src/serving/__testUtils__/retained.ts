import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What this process holds on to, after everything that can be collected has been. */
export interface Retained {
  /** Bytes. */
  heap: number;
  /** Those that keep the process alive. */
  timers: number;
  /** Connections that are open, of either end. */
  sockets: number;
  /** Everything else that is open: servers, pipes, files, requests to the file system. */
  handles: number;
}

/** Collects garbage, and measures what stays: the least of a few looks, because requests of others come and go. */
export async function retained(): Promise<Retained> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const looks: Retained[] = [];
  for (let look = 0; look < 5; look += 1) {
    collect();
    await delay(100);
    const open = process.getActiveResourcesInfo();
    const count = (kind: string) => open.filter(name => name === kind).length;
    const [timers, sockets] = [count('Timeout'), count('TCPSocketWrap')];
    looks.push({
      heap: process.memoryUsage().heapUsed,
      timers,
      sockets,
      handles: open.length - timers - sockets,
    });
  }
  const least = (of: keyof Retained) =>
    Math.min(...looks.map(look => look[of]));
  return {
    heap: least('heap'),
    timers: least('timers'),
    sockets: least('sockets'),
    handles: least('handles'),
  };
}
