/** Labels of a sample. */
export type Labels = Record<string, string>;

/** How an exporter's client library writes its page. */
export type Dialect = 'go' | 'python';

/**
 * Writes metrics in the Prometheus text format, in the layout of the exporters that are played. Both clients
 * order labels by name; Python writes floats, `_count` before `_sum`, and a gauge with the time of creation
 * beside counters and histograms; Go writes whole numbers, `_sum` first, and orders families by name.
 */
export class Exposition {
  private readonly families: { name: string; lines: string[] }[] = [];

  /** @param createdAt Unix seconds; given, counters and histograms come with their `_created` series */
  constructor(
    private readonly dialect: Dialect,
    private readonly createdAt?: number,
  ) {}

  /** A gauge with one sample for each set of labels. */
  gauge(name: string, help: string, samples: [Labels, number][]): void {
    this.family(name, help, 'gauge');
    samples.forEach(([labels, value]) => this.sample(name, labels, value));
  }

  /** A counter with one sample for each set of labels; the name ends in `_total`. */
  counter(name: string, help: string, samples: [Labels, number][]): void {
    this.family(name, help, 'counter');
    samples.forEach(([labels, value]) => this.sample(name, labels, value));
    this.created(
      name.replace(/_total$/, '_created'),
      help,
      samples.map(([labels]) => labels),
    );
  }

  /** A histogram of so many observations around a mean. */
  histogram(
    name: string,
    help: string,
    labels: Labels,
    observed: { count: number; mean: number; buckets: readonly number[] },
  ): void {
    const count = Math.floor(observed.count);
    this.family(name, help, 'histogram');
    for (const bound of observed.buckets) {
      const share = 1 - Math.exp(-((bound / observed.mean) ** 2) * 0.785);
      this.sample(
        `${name}_bucket`,
        { ...labels, le: this.number(bound) },
        Math.floor(count * share),
      );
    }
    this.sample(`${name}_bucket`, { ...labels, le: '+Inf' }, count);
    const ends: [string, number][] = [
      [`${name}_sum`, count * observed.mean],
      [`${name}_count`, count],
    ];
    (this.dialect === 'go' ? ends : ends.reverse()).forEach(([end, value]) =>
      this.sample(end, labels, value),
    );
    this.created(`${name}_created`, help, [labels]);
  }

  toString(): string {
    const families =
      this.dialect === 'go'
        ? [...this.families].sort((a, b) => (a.name < b.name ? -1 : 1))
        : this.families;
    return `${families.flatMap(({ lines }) => lines).join('\n')}\n`;
  }

  private created(name: string, help: string, labels: Labels[]): void {
    if (this.createdAt !== undefined) {
      this.family(name, help, 'gauge');
      labels.forEach(set => this.sample(name, set, this.createdAt ?? 0));
    }
  }

  private family(name: string, help: string, type: string): void {
    this.families.push({
      name,
      lines: [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`],
    });
  }

  private sample(name: string, labels: Labels, value: number): void {
    const pairs = Object.keys(labels)
      .sort()
      .map(key => `${key}="${escape(labels[key])}"`)
      .join(',');
    this.families
      .at(-1)
      ?.lines.push(`${name}${pairs ? `{${pairs}}` : ''} ${this.number(value)}`);
  }

  /** `12.0`, `3.5` and `1.5e+06` in Python; `12`, `3.5` and `1.5e+06` in Go. */
  private number(value: number): string {
    if (value >= 1e6) {
      const [digits, exponent] = value.toExponential().split('e+');
      return `${digits}e+${exponent.padStart(2, '0')}`;
    }
    const text = String(value);
    return this.dialect === 'python' && Number.isInteger(value)
      ? `${text}.0`
      : text;
  }
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
