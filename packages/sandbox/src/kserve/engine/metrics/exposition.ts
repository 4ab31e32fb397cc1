/** Labels of a sample. */
export type Labels = Record<string, string>;

/** Writes metrics in the Prometheus text format, in the layout of the exporters that are played. */
export class Exposition {
  private readonly lines: string[] = [];

  /** @param createdAt Unix seconds; given, counters and histograms come with their `_created` series */
  constructor(private readonly createdAt?: number) {}

  gauge(name: string, help: string, labels: Labels, value: number): void {
    this.family(name, help, 'gauge');
    this.sample(name, labels, value);
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
    observed: { count: number; mean: number; buckets: number[] },
  ): void {
    const count = Math.floor(observed.count);
    this.family(name, help, 'histogram');
    for (const bound of observed.buckets) {
      const share = 1 - Math.exp(-((bound / observed.mean) ** 2) * 0.785);
      this.sample(
        `${name}_bucket`,
        { ...labels, le: formatNumber(bound) },
        Math.floor(count * share),
      );
    }
    this.sample(`${name}_bucket`, { ...labels, le: '+Inf' }, count);
    this.sample(`${name}_count`, labels, count);
    this.sample(`${name}_sum`, labels, count * observed.mean);
    this.created(`${name}_created`, help, [labels]);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private created(name: string, help: string, labels: Labels[]): void {
    if (this.createdAt !== undefined) {
      this.family(name, help, 'gauge');
      labels.forEach(set => this.sample(name, set, this.createdAt ?? 0));
    }
  }

  private family(name: string, help: string, type: string): void {
    this.lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  }

  private sample(name: string, labels: Labels, value: number): void {
    const pairs = Object.entries(labels)
      .map(([key, text]) => `${key}="${escape(text)}"`)
      .join(',');
    this.lines.push(
      `${name}${pairs ? `{${pairs}}` : ''} ${formatNumber(value)}`,
    );
  }
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

/** As Python writes floats: `12.0`, `3.5`, `1e+16`. */
function formatNumber(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
