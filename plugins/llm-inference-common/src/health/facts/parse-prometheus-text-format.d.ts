/** The package ships no types; these are the parts used here. */
declare module 'parse-prometheus-text-format' {
  interface PrometheusMetric {
    /** Absent for histograms and summaries. */
    value?: string;
    labels?: Record<string, string>;
    timestamp_ms?: string;
  }

  interface PrometheusFamily {
    name: string;
    help: string;
    type: string;
    metrics: PrometheusMetric[];
  }

  export default function parsePrometheusTextFormat(
    text: string,
  ): PrometheusFamily[];
}
