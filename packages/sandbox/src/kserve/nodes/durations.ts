import { Container, Pod } from '../kinds';
import { digest } from '../names';

/** Seconds of play that the steps of a pod's start take. */
export const STEP_SECONDS = {
  sandbox: 4,
  pull: 3,
  sidecarReady: 10,
  schedulerStart: 35,
  stop: 17,
} as const;

/** Billions of parameters as the model's name says, for example 7 of `Qwen2.5-7B-Instruct`. */
export function billionParameters(model: string): number {
  const match = /(\d+(?:\.\d+)?)\s*([bm])(?![a-z])/i.exec(model);
  if (!match) {
    return 7;
  }
  return Number(match[1]) / (match[2].toLowerCase() === 'm' ? 1000 : 1);
}

/** Seconds that the storage initializer downloads: a node fetches about 90 MB of weights a second. */
export function downloadSeconds(container: Container): number {
  const gigabytes = 2 * billionParameters(container.args?.[0] ?? '');
  return Math.round(Math.min(900, 5 + (gigabytes * 1000) / 90));
}

/** Seconds from the start of an engine to its first healthy answer, a little different for each pod. */
export function engineStartSeconds(pod: Pod, model: string): number {
  const jitter = Number.parseInt(digest(pod.metadata.name, 4), 16) % 20;
  return Math.round(Math.min(480, 40 + 13 * billionParameters(model) + jitter));
}
