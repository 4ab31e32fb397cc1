import type {
  ServiceRef,
  Timeline,
  Verdict,
} from 'backstage-plugin-llm-inference-common';

const HOUR = 3_600_000;

/** A day with a bad night, and an hour in which nobody was looking. */
const DAY: Array<
  [hours: number, verdict: Verdict | undefined, summary: string]
> = [
  [7, 'Healthy', '2 prefill and 4 decode pods serve.'],
  [1, undefined, ''],
  [4, 'Healthy', '2 prefill and 4 decode pods serve.'],
  [2, 'Degraded', '1 of 2 prefill pods cannot be scheduled.'],
  [
    0.5,
    'Unavailable',
    'No request can be answered: decode ran out of GPU memory.',
  ],
  [0.75, 'Progressing', '4 of 4 decode pods are starting.'],
  [8.75, 'Healthy', '2 prefill and 4 decode pods serve.'],
];

/** The day, ending now. */
export function devTimeline(service: ServiceRef): Timeline {
  const until = Date.now();
  const from = until - 24 * HOUR;
  const iso = (at: number) => new Date(at).toISOString();
  const timeline: Timeline = {
    service,
    from: iso(from),
    until: iso(until),
    segments: [],
    transitions: [],
    truncated: false,
    availability: { seconds: {}, unobservedSeconds: 3600, ratio: 0.9773 },
  };
  let at = from;
  for (const [hours, verdict, summary] of DAY) {
    const end = at + hours * HOUR;
    timeline.segments.push({ from: iso(at), until: iso(end), verdict });
    if (verdict) {
      timeline.transitions.push({ service, at: iso(at), verdict, summary });
      const { seconds } = timeline.availability;
      seconds[verdict] = (seconds[verdict] ?? 0) + hours * 3600;
    }
    at = end;
  }
  return timeline;
}
