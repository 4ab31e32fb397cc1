import type { HeapProfiler, Profiler } from 'node:inspector';

/** What a process spent its time on, and what of its memory is still held. */
export interface Profiles {
  cpu: Profiler.Profile;
  /** A sample of what was allocated meanwhile and not collected until the end. */
  heap: HeapProfiler.SamplingHeapProfile;
}
