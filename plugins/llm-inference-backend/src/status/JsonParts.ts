/** A JSON document in parts that are written one after the other. */
export class JsonParts {
  constructor(readonly parts: readonly Buffer[]) {}

  /** In bytes. */
  get length(): number {
    return this.parts.reduce((sum, { length }) => sum + length, 0);
  }
}
