import type {
  MetricSeries,
  SeriesId,
  ServicePart,
} from 'backstage-plugin-llm-inference-common';

/** One chart: what it draws, and where that is measured. */
export interface ChartPlan {
  id: ChartId;
  series: readonly SeriesId[];
  parts: readonly ServicePart[];
}

/** Every chart, by group, in the order in which they are looked at. */
export const CHART_GROUPS = [
  {
    id: 'kv',
    charts: [
      {
        id: 'kvBandwidth',
        series: ['kv-transfer-bandwidth'],
        parts: ['decode'],
      },
      { id: 'kvMoved', series: ['kv-transfer-bytes'], parts: ['decode'] },
      { id: 'kvTime', series: ['kv-transfer-time'], parts: ['decode'] },
      {
        id: 'kvShare',
        series: ['disaggregated-share', 'external-kv-share'],
        parts: ['scheduler', 'decode'],
      },
      {
        id: 'kvTrouble',
        series: ['kv-transfer-failures', 'kv-expired'],
        parts: ['decode', 'prefill'],
      },
    ],
  },
  {
    id: 'latency',
    charts: [
      { id: 'ttft', series: ['ttft'], parts: ['scheduler'] },
      { id: 'itl', series: ['inter-token-latency'], parts: ['decode'] },
    ],
  },
  {
    id: 'load',
    charts: [
      { id: 'rate', series: ['request-rate'], parts: ['decode'] },
      { id: 'errors', series: ['error-ratio'], parts: ['scheduler'] },
      {
        id: 'running',
        series: ['requests-running'],
        parts: ['prefill', 'decode'],
      },
      {
        id: 'waiting',
        series: ['requests-waiting'],
        parts: ['prefill', 'decode'],
      },
      {
        id: 'tokens',
        series: ['prefill-throughput', 'generation-throughput'],
        parts: ['prefill', 'decode'],
      },
      {
        id: 'kvUsage',
        series: ['kv-cache-usage'],
        parts: ['prefill', 'decode'],
      },
    ],
  },
] as const;

/** Name of a group of charts. */
export type ChartGroupId = (typeof CHART_GROUPS)[number]['id'];

/** Name of a chart. */
export type ChartId = (typeof CHART_GROUPS)[number]['charts'][number]['id'];

/** Charts of a service without a prefill pool: nothing of it moves KV cache. */
export function groupsOf(disaggregated: boolean) {
  return CHART_GROUPS.filter(({ id }) => disaggregated || id !== 'kv');
}

/** The lines of a chart, in the order in which they are told. */
export function linesOf(
  { series: ids }: Pick<ChartPlan, 'series'>,
  all: readonly MetricSeries[],
): MetricSeries[] {
  return ids.flatMap(wanted => all.filter(({ id }) => id === wanted));
}
