import { KubeObject } from './ClusterStore';

/** The objects of one resource in one namespace (or of a cluster-scoped resource). */
class Bucket {
  readonly objects = new Map<string, KubeObject>();
  #names: string[] = [];
  #namesStale = false;
  #sorted: KubeObject[] | undefined;

  set(name: string, object: KubeObject): void {
    if (!this.objects.has(name)) {
      this.#names.push(name);
      this.#namesStale = true;
    }
    this.objects.set(name, object);
    this.#sorted = undefined;
  }

  delete(name: string): void {
    this.objects.delete(name);
    this.#namesStale = true;
    this.#sorted = undefined;
  }

  /** In the order of names. Sorting again is cheap: the names stay almost sorted. */
  sorted(): readonly KubeObject[] {
    if (this.#sorted) {
      return this.#sorted;
    }
    if (this.#namesStale) {
      this.#names = [...new Set(this.#names)]
        .filter(name => this.objects.has(name))
        .sort(byBytes);
      this.#namesStale = false;
    }
    const sorted: KubeObject[] = [];
    for (const name of this.#names) {
      const object = this.objects.get(name);
      if (object) {
        sorted.push(object);
      }
    }
    this.#sorted = sorted;
    return sorted;
  }
}

function byBytes(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** The objects of one resource, listed in the order of the API server's keys. */
export class Collection {
  readonly #buckets = new Map<string, Bucket>();
  #all: readonly KubeObject[] | undefined;

  get(name: string, namespace = ''): KubeObject | undefined {
    return this.#buckets.get(namespace)?.objects.get(name);
  }

  set(object: KubeObject): void {
    const namespace = object.metadata.namespace ?? '';
    let bucket = this.#buckets.get(namespace);
    if (!bucket) {
      bucket = new Bucket();
      this.#buckets.set(namespace, bucket);
    }
    bucket.set(object.metadata.name, object);
    this.#all = undefined;
  }

  delete(name: string, namespace = ''): void {
    const bucket = this.#buckets.get(namespace);
    bucket?.delete(name);
    if (bucket?.objects.size === 0) {
      this.#buckets.delete(namespace);
    }
    this.#all = undefined;
  }

  /** An immutable view of now; later writes do not change it. */
  sorted(namespace?: string): readonly KubeObject[] {
    if (namespace !== undefined) {
      return this.#buckets.get(namespace)?.sorted() ?? [];
    }
    this.#all ??= [...this.#buckets.keys()]
      .sort((a, b) => byBytes(`${a}/`, `${b}/`))
      .flatMap(key => this.#buckets.get(key)?.sorted() ?? []);
    return this.#all;
  }

  has(namespace: string): boolean {
    return this.#buckets.has(namespace);
  }
}
