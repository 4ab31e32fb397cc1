import { asList, field } from '../../resource/unknown';
import type { PoolName } from '../generate/names';
import type { Problem } from '../spec/Problem';
import type { ChangedField } from './ServiceChange';
import type { YamlEditor, YamlPath } from './YamlEditor';

/** The engine's container in one template of one pool. */
export interface EngineContainer {
  pool: PoolName;
  /** Further nodes of a replica have a template of their own. */
  worker: boolean;
  /** What it is called in words, for example `decode worker`. */
  name: string;
  /** Where it stands in the manifest. */
  path: YamlPath;
}

/** One service in the text of its manifest: edits it, and keeps a record of what was changed and what cannot be. */
export class ManifestEdit {
  readonly changes: ChangedField[] = [];
  readonly problems: Problem[] = [];
  readonly #editor: YamlEditor;
  readonly #index: number;

  constructor(editor: YamlEditor, index: number) {
    this.#editor = editor;
    this.#index = index;
  }

  get text(): string {
    return this.#editor.text;
  }

  read(path: YamlPath): unknown {
    let current: unknown = this.#editor.objects()[this.#index];
    for (const key of path) {
      current =
        typeof key === 'number' ? asList(current)[key] : field(current, key);
    }
    return current;
  }

  /** Writes a value and records it, unless it is there already. */
  set(what: string, path: YamlPath, value: string | number): void {
    const before = this.read(path);
    if (before === value) return;
    this.write(path, value);
    this.record(
      what,
      before === undefined ? undefined : String(before),
      String(value),
    );
  }

  record(what: string, before?: string, after?: string): void {
    this.changes.push({ what, before, after });
  }

  refuse(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  // Without a record, for changes of several fields that are one in words.
  write(path: YamlPath, value: string | number): void {
    this.#editor.set(this.#index, path, value);
  }

  append(path: YamlPath, item: Record<string, unknown>): void {
    this.#editor.append(this.#index, path, item);
  }

  rename(path: YamlPath, name: string): void {
    this.#editor.rename(this.#index, path, name);
  }

  delete(path: YamlPath): void {
    this.#editor.delete(this.#index, path);
  }
}
