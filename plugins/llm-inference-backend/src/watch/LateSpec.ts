import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';

/**
 * The spec of an object that came without it, still as text: whoever has seen the same text before need not
 * parse it again. Most events of pods repeat the spec of the last one.
 */
export interface LateSpec {
  /** Equal texts are equal specs. */
  readonly text: string;
  /** The object with its spec. */
  read(): KubernetesObject;
}

const SPEC = ',"spec":{';
const STATUS = ',"status":{';

/** What closes an event after the last member of its object. */
const CLOSING = '}}';

/**
 * Takes the spec out of the text of an event; undefined where there is none to be seen. An API server writes
 * the status after the spec; where it stands before, the spec is the last member. Where neither is so, one of
 * the two parts is no JSON.
 */
export function splitSpec(
  line: string,
): { rest: string; spec: string } | undefined {
  const from = line.indexOf(SPEC);
  if (from < 0) return undefined;
  const status = line.lastIndexOf(STATUS);
  const to = status > from ? status : line.length - CLOSING.length;
  return {
    rest: line.slice(0, from) + line.slice(to),
    spec: `{${line.slice(from + 1, to)}}`,
  };
}
