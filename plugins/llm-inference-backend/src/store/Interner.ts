import { createHash } from 'node:crypto';

/**
 * Holds equal values once. A value is let go with its last user, so that templates that are gone leave
 * nothing behind.
 */
export class Interner<T extends object> {
  readonly #values = new Map<string, WeakRef<T>>();
  readonly #registry = new FinalizationRegistry<string>(key => {
    if (this.#values.get(key)?.deref() === undefined) this.#values.delete(key);
  });

  /** The value, or an equal one that is held already. Neither may be changed afterwards. */
  intern(value: T): T {
    const key = createHash('sha1')
      .update(JSON.stringify(value))
      .digest('base64');
    const held = this.#values.get(key)?.deref();
    if (held) return held;
    this.#values.set(key, new WeakRef(value));
    this.#registry.register(value, key);
    return value;
  }
}
