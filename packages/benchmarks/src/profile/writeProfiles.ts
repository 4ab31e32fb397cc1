import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Profiles } from './Profiles';
import { summarizeCpu, summarizeHeap } from './summarizeProfiles';

/**
 * Writes profiles for Chromium's developer tools (`.cpuprofile` and `.heapprofile`) and, for people, what is in
 * them; answers the path of the latter.
 */
export function writeProfiles(file: string, { cpu, heap }: Profiles): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.cpuprofile`, JSON.stringify(cpu));
  writeFileSync(`${file}.heapprofile`, JSON.stringify(heap));
  const summary = `${file}.txt`;
  writeFileSync(summary, `${summarizeCpu(cpu)}\n\n${summarizeHeap(heap)}\n`);
  return summary;
}
