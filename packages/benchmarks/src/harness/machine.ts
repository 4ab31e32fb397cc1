import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where it was measured. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
}

/** Describes this machine. */
export function machine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  };
}

/** Load average of the last minute; on a quiet machine about as many as there are busy contenders. */
export function loadNow(): number {
  return Number(loadavg()[0].toFixed(2));
}
