/** The English texts of the charts. */
export const chartMessages = {
  window: 'Window',
  quarter: '15 min',
  hour: '1 hour',
  all: 'All',
  view: 'View',
  charts: 'Charts',
  tables: 'Tables',
  loading: 'Reading what was measured…',
  measuredBy: {
    PodProxy:
      'Read from the pods every {{interval}} s; rates and quantiles over {{window}} s.',
    Prometheus:
      'Read from Prometheus every {{interval}} s; rates and quantiles over {{window}} s.',
  },
  group: {
    kv: 'KV transfer',
    latency: 'Latency',
    load: 'Load',
  },
  chart: {
    kvMoved: 'KV cache moved',
    kvBandwidth: 'Bandwidth while KV cache moves',
    kvTime: 'Time of a KV transfer',
    kvShare: 'Through prefill',
    kvTrouble: 'KV transfers lost',
    ttft: 'Time to first token, as users see it',
    itl: 'Time between tokens',
    running: 'Requests running',
    waiting: 'Requests waiting',
    kvUsage: 'KV cache in use, fullest pod',
    tokens: 'Tokens per second',
    rate: 'Requests answered',
    errors: 'Requests that failed',
  },
  line: {
    mean: 'mean',
    sentThroughPrefill: 'requests sent through prefill',
    externalTokens: 'prompt tokens that came as KV cache',
    failedTransfers: 'transfers that failed',
    expired: 'expired before decode fetched them',
    promptTokens: 'prompt, at prefill',
    generatedTokens: 'generated, at decode',
  },
  column: {
    time: 'Time',
  },
  unit: {
    requests: '{{number}} requests',
    requestsPerSecond: '{{number}} requests/s',
    tokensPerSecond: '{{number}} tokens/s',
    transfers: '{{number}} transfers',
  },
  newest: 'newest value',
  unknown: 'not known',
  /** Read out for a chart; arrow keys move through it. */
  plot: '{{title}}, line chart. Arrow keys move through the points; the same numbers are under Tables.',
  missing: {
    part: 'Not measured: {{message}}',
    series: 'Not measured: the pods tell nothing about it.',
    never: 'Nothing to show in this window: nothing of the kind happened.',
  },
  unmeasured: {
    title_one: '{{count}} pod is not measured',
    title_other: '{{count}} pods are not measured',
    problem: {
      Unmeasured: 'Not open',
      Forbidden: 'Not allowed',
      Unreachable: 'Not reachable',
      Unreadable: 'Not readable',
    },
  },
  off: {
    title: 'Metrics are off',
    description:
      'Nothing is measured in cluster {{cluster}}, so nobody knows whether KV cache moves. The platform team turns it on with llmInference.metrics.sources.',
  },
  stopped: {
    title: 'Stopped',
    description: 'A stopped service has no pods to measure.',
  },
  none: {
    title: 'Nothing measured yet',
    description:
      'Charts begin once ready pods were looked at twice, about {{seconds}} s after they became ready.',
  },
  failed: {
    title: 'The measurements could not be read',
    retry: 'Try again',
  },
  denied: {
    title: 'No permission',
    description: 'You may not see what was measured of this service.',
  },
  away: 'As of {{time}}, the portal backend does not answer',
} as const;
