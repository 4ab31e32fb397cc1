/** Longest token that is looked at; a reader with a hundred entities has about 1.2 KiB. */
const LONGEST_TOKEN = 4_096;

/** Stands for an entity that nothing has been said about yet. */
const NOTHING = '-';

/**
 * What a reader has seen last of each thing it listens to, written into the id of every event. It holds
 * signatures of contents and no position in a log: so any replica can go on from it, also after a restart,
 * and a token that is unknown or of another subscription simply leads to everything being sent.
 */
export class ResumeToken {
  readonly #seen: Map<string, string>;

  private constructor(seen: Map<string, string>) {
    this.#seen = seen;
  }

  /** Reads the token of a reader that listens to these entities, in this order. */
  static parse(token: string | undefined, entityRefs: string[]): ResumeToken {
    const keys = ['', ...entityRefs];
    const parts =
      token && token.length <= LONGEST_TOKEN ? token.split('.') : [];
    return new ResumeToken(
      new Map(
        keys.map((key, index) => [
          key,
          parts.length === keys.length ? parts[index] : NOTHING,
        ]),
      ),
    );
  }

  /** Notes what is about to be said about a thing; false where the reader knows it already. */
  replace(key: string, signature: string): boolean {
    if (this.#seen.get(key) === signature) return false;
    this.#seen.set(key, signature);
    return true;
  }

  toString(): string {
    return [...this.#seen.values()].join('.');
  }
}
