import { createHash } from 'node:crypto';

/** A text that many hold and that is in memory once. */
export interface SharedText {
  readonly text: string;
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

  /**
   * The one holder of this text. `likely` is one that was handed out before and that probably holds it: to
   * compare is an order of magnitude cheaper than to look the text up, and nearly every event of a pod asks.
   */
  intern(text: string, likely?: SharedText): SharedText {
    if (likely?.text === text) return likely;
    const key = createHash('sha1').update(text).digest('base64');
    const held = this.#texts.get(key)?.deref();
    if (held) return held;
    const shared: SharedText = { text };
    this.#texts.set(key, new WeakRef(shared));
    this.#registry.register(shared, key);
    return shared;
  }
}
