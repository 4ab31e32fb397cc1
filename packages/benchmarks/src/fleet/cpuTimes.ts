/** CPU time of a process so far, in milliseconds. */
export interface CpuTimes {
  /** Of the thread that does the work; of all threads where this Node cannot tell them apart (before 23.9). */
  main: number;
  /** Of all threads, those that collect garbage and compile included. */
  all: number;
}

/** What this process has used. */
export function cpuTimes(): CpuTimes {
  const all = process.cpuUsage();
  const main = process.threadCpuUsage?.() ?? all;
  const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  return { main: ms(main), all: ms(all) };
}
