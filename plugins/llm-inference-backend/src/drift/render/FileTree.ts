interface Folder {
  folders: Map<string, Folder>;
  files: Map<string, string>;
}

/** Texts of a repository's files by path, such as `services/qwen/base/kustomization.yaml`. */
export class FileTree {
  readonly #root: Folder = { folders: new Map(), files: new Map() };

  constructor(files: Iterable<readonly [path: string, text: string]>) {
    for (const [path, text] of files) {
      const steps = stepsOf(path);
      const name = steps.pop();
      if (name !== undefined) this.#make(steps).files.set(name, text);
    }
  }

  /** Text of a file; undefined where there is none. */
  get(path: string): string | undefined {
    const steps = stepsOf(path);
    const name = steps.pop();
    return name === undefined ? undefined : this.#find(steps)?.files.get(name);
  }

  has(path: string): boolean {
    return this.get(path) !== undefined;
  }

  /** Whether there is a folder with a file in it, however deep. */
  hasFolder(path: string): boolean {
    return this.#find(stepsOf(path)) !== undefined;
  }

  /** Names of the folders in a folder. */
  foldersIn(path: string): string[] {
    return [...(this.#find(stepsOf(path))?.folders.keys() ?? [])];
  }

  /** Every file below a folder, with its path. */
  *below(path: string): Generator<readonly [path: string, text: string]> {
    const steps = stepsOf(path);
    const folder = this.#find(steps);
    if (folder) yield* walk(folder, steps);
  }

  /** The same tree without some folders. */
  without(paths: ReadonlySet<string>): FileTree {
    return new FileTree(
      filter(this.below(''), ([path]) => !isBelowAny(path, paths)),
    );
  }

  #find(steps: string[]): Folder | undefined {
    return steps.reduce<Folder | undefined>(
      (folder, step) => folder?.folders.get(step),
      this.#root,
    );
  }

  #make(steps: string[]): Folder {
    return steps.reduce((folder, step) => {
      const next = folder.folders.get(step) ?? {
        folders: new Map(),
        files: new Map(),
      };
      folder.folders.set(step, next);
      return next;
    }, this.#root);
  }
}

function* walk(
  { files, folders }: Folder,
  steps: string[],
): Generator<readonly [path: string, text: string]> {
  for (const [name, text] of files) yield [[...steps, name].join('/'), text];
  for (const [name, folder] of folders) yield* walk(folder, [...steps, name]);
}

function stepsOf(path: string): string[] {
  return path.split('/').filter(step => step !== '' && step !== '.');
}

function* filter<T>(items: Iterable<T>, keep: (item: T) => boolean) {
  for (const item of items) if (keep(item)) yield item;
}

/** Whether a path is in one of many folders, without looking at each. */
export function isBelowAny(
  path: string,
  folders: ReadonlySet<string>,
): boolean {
  if (folders.has('')) return true;
  let slash = path.indexOf('/');
  while (slash >= 0) {
    if (folders.has(path.slice(0, slash))) return true;
    slash = path.indexOf('/', slash + 1);
  }
  return false;
}
