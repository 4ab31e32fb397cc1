import { createHash } from 'node:crypto';
import { keep, readKept } from './KeptText';
import type { KeptText } from './KeptText';

/** A text that many hold and that is in memory once. */
export class SharedText {
  readonly #kept: KeptText;

  /** @param key - equal for equal texts */
  constructor(text: string, readonly key: string) {
    this.#kept = keep(text);
  }

  read(): string {
    return readKept(this.#kept);
  }
}

/**
 * Holds equal texts once. A text is let go with its last user, so that templates that are gone leave
 * nothing behind.
 */
export class Interner {
  readonly #texts = new Map<string, WeakRef<SharedText>>();
  readonly #registry = new FinalizationRegistry<string>(key => {
    if (this.#texts.get(key)?.deref() === undefined) this.#texts.delete(key);
  });

  /** The one holder of this text. */
  intern(text: string): SharedText {
    const key = createHash('sha1').update(text).digest('base64');
    const held = this.#texts.get(key)?.deref();
    if (held) return held;
    const shared = new SharedText(text, key);
    this.#texts.set(key, new WeakRef(shared));
    this.#registry.register(shared, key);
    return shared;
  }
}
