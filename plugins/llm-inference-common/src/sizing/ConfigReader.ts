/**
 * Reads fields of a JSON object that nobody has checked. Every reader takes alternative names and
 * returns the first that has the right type.
 */
export class ConfigReader {
  static of(json: unknown): ConfigReader | undefined {
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? new ConfigReader(json as Record<string, unknown>)
      : undefined;
  }

  private constructor(private readonly fields: Record<string, unknown>) {}

  private value(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined && this.value(name) !== null;
  }

  /** A finite number above zero; anything else counts as absent. */
  number(...names: string[]): number | undefined {
    for (const name of names) {
      const value = this.value(name);
      if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
        return value;
      }
    }
    return undefined;
  }

  text(...names: string[]): string | undefined {
    for (const name of names) {
      const value = this.value(name);
      if (typeof value === 'string' && value !== '') return value;
    }
    return undefined;
  }

  flag(...names: string[]): boolean | undefined {
    for (const name of names) {
      const value = this.value(name);
      if (typeof value === 'boolean') return value;
    }
    return undefined;
  }

  list(name: string): unknown[] | undefined {
    const value = this.value(name);
    return Array.isArray(value) ? value : undefined;
  }

  child(name: string): ConfigReader | undefined {
    return ConfigReader.of(this.value(name));
  }

  children(): ConfigReader[] {
    return Object.keys(this.fields).flatMap(name => this.child(name) ?? []);
  }
}
