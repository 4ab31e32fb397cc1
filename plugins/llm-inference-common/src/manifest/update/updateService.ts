import { STOP_ANNOTATION } from '../../api/annotations';
import { asList, asRecord, field } from '../../resource/unknown';
import { inspectText } from '../spec/inspectText';
import type { EngineArguments } from '../spec/EngineArguments';
import { problemsOf } from '../spec/parsePdServiceSpec';
import type { Parsed } from '../spec/Problem';
import type { PoolName } from '../generate/names';
import { PREFILL_CANNOT_BE_ADDED, refuseNotInPlace } from './notInPlace';
import {
  serviceChange,
  type ChangedField,
  type ServiceChange,
} from './ServiceChange';
import { setArguments } from './setArguments';
import { YamlEditor, type YamlPath } from './YamlEditor';

/** A manifest with a change worked in. @public */
export interface UpdatedManifest {
  content: string;
  /** Empty where the manifest says already what was asked for. */
  changes: ChangedField[];
}

/** One change of one manifest, field by field. */
class Update {
  readonly #changes: ChangedField[] = [];
  readonly #problems: Array<{ path: string; message: string }> = [];

  constructor(readonly editor: YamlEditor, readonly index: number) {}

  apply(change: ServiceChange): Parsed<UpdatedManifest> {
    if (change.stopped !== undefined) this.#stop(change.stopped);
    for (const pool of ['decode', 'prefill'] as const) {
      this.#pool(pool, change);
    }
    return this.#problems.length > 0
      ? { ok: false, problems: this.#problems }
      : {
          ok: true,
          value: { content: this.editor.text, changes: this.#changes },
        };
  }

  #pool(pool: PoolName, { image, engine, ...pools }: ServiceChange): void {
    const change = pools[pool] ?? {};
    const asked = Object.keys(change).length > 0;
    const base: YamlPath = pool === 'decode' ? ['spec'] : ['spec', 'prefill'];
    if (!asked && !image && !engine) return;
    if (!this.#read([...base, 'template'])) {
      // An image or an argument of the service is for the pools that it has.
      if (!asked && pool === 'prefill') return;
      this.#problems.push({
        path: pool,
        message:
          pool === 'prefill'
            ? PREFILL_CANNOT_BE_ADDED
            : 'the manifest has no decode pool of its own to change; it comes from its base configuration',
      });
      return;
    }
    if (change.replicas !== undefined) {
      if (this.#read([...base, 'scaling'])) {
        this.#problems.push({
          path: `${pool}.replicas`,
          message: `the ${pool} pool is scaled by load; its number of replicas cannot be fixed as well`,
        });
      } else {
        this.#set(`${pool} replicas`, [...base, 'replicas'], change.replicas);
      }
    }
    for (const template of ['template', 'worker']) {
      const main = this.#main([...base, template]);
      if (main) {
        const name = template === 'worker' ? `${pool} worker` : pool;
        if (image) this.#set(`${name} image`, [...main, 'image'], image);
        this.#resources(name, main, change);
        this.#arguments(name, main, { ...engine, ...change.arguments });
      }
    }
  }

  #resources(
    name: string,
    main: YamlPath,
    change: NonNullable<ServiceChange['decode']>,
  ): void {
    for (const resource of ['cpu', 'memory'] as const) {
      for (const [end, key] of [
        ['limit', 'limits'],
        ['request', 'requests'],
      ] as const) {
        const value = change[resource]?.[end];
        if (value !== undefined) {
          this.#set(
            `${name} ${resource} ${end}`,
            [...main, 'resources', key, resource],
            value,
          );
        }
      }
    }
  }

  #arguments(name: string, main: YamlPath, values: EngineArguments): void {
    if (Object.keys(values).length === 0) return;
    const environment = asList(this.#read([...main, 'env'])).map(asRecord);
    const index = environment.findIndex(
      variable => variable.name === 'VLLM_ADDITIONAL_ARGS',
    );
    const before = environment[index]?.value;
    if (typeof before !== 'string') {
      this.#problems.push({
        path: `${name}.arguments`,
        message:
          'the pool has no VLLM_ADDITIONAL_ARGS to change; edit the manifest by hand',
      });
      return;
    }
    this.#set(
      `${name} arguments`,
      [...main, 'env', index, 'value'],
      setArguments(before, values),
    );
  }

  #stop(stopped: boolean): void {
    const path = ['metadata', 'annotations', STOP_ANNOTATION];
    const before = String(this.#read(path) ?? 'false').toLowerCase() === 'true';
    if (before === stopped) return;
    if (stopped) this.editor.set(this.index, path, 'true');
    else this.editor.delete(this.index, path);
    this.#changes.push({
      what: 'stopped',
      before: String(before),
      after: String(stopped),
    });
  }

  /** Path of the container `main` in a template; undefined where there is none. */
  #main(template: YamlPath): YamlPath | undefined {
    const containers = asList(this.#read([...template, 'containers']));
    const index = containers.findIndex(item => asRecord(item).name === 'main');
    return index < 0 ? undefined : [...template, 'containers', index];
  }

  #set(what: string, path: YamlPath, value: string | number): void {
    const before = this.#read(path);
    if (before === value) return;
    this.editor.set(this.index, path, value);
    this.#changes.push({
      what,
      before: before === undefined ? undefined : String(before),
      after: String(value),
    });
  }

  #read(path: YamlPath): unknown {
    let current: unknown = this.editor.objects()[this.index];
    for (const key of path) {
      current =
        typeof key === 'number' ? asList(current)[key] : field(current, key);
    }
    return current;
  }
}

/**
 * Changes a service in the text of its manifest. Comments, key order and everything this does not know stay as
 * they are, to the byte.
 *
 * @param content - a YAML file with one LLMInferenceService in it
 * @param change - a {@link ServiceChange}, or anything that claims to be one
 * @public
 */
export function updateService(
  content: string,
  change: unknown,
): Parsed<UpdatedManifest> {
  const texts = inspectText(change);
  if (texts.length > 0) return { ok: false, problems: texts };
  const refused = refuseNotInPlace(change);
  if (refused.length > 0) return { ok: false, problems: refused };
  const parsed = serviceChange.safeParse(change);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error) };
  }
  let editor: YamlEditor;
  try {
    editor = new YamlEditor(content);
  } catch (error) {
    return {
      ok: false,
      problems: [
        {
          path: '',
          message: `the manifest is not valid YAML: ${
            (error as Error).message
          }`,
        },
      ],
    };
  }
  const index = editor
    .objects()
    .findIndex(object => asRecord(object).kind === 'LLMInferenceService');
  if (index < 0) {
    return {
      ok: false,
      problems: [
        { path: '', message: 'the file holds no LLMInferenceService' },
      ],
    };
  }
  return new Update(editor, index).apply(parsed.data);
}
