/** The last lines of a log that arrives in pieces. */
export class LogBuffer {
  readonly #limit: number;
  #lines: string[] = [];
  #rest = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a piece, which may end within a line. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    this.#lines = [...this.#lines, ...lines].slice(-this.#limit);
  }

  /** All lines so far, oldest first; an unfinished one counts. */
  lines(): string[] {
    return this.#rest === '' ? this.#lines : [...this.#lines, this.#rest];
  }
}
