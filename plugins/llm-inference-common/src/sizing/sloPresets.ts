/** Kinds of use that plans start from. @public */
export const SLO_PRESET_IDS = [
  'chat',
  'code-completion',
  'code-generation',
  'retrieval',
  'long-document',
] as const;

/** A kind of use with the latencies its users expect. @public */
export interface SloPreset {
  id: (typeof SLO_PRESET_IDS)[number];
  title: string;
  promptTokens: number;
  outputTokens: number;
  /** Time to first token, in seconds, at most. */
  ttftSeconds: number;
  /** Inter-token latency, in seconds, at most. */
  itlSeconds: number;
}

/** Latency targets by kind of use, to start a plan from. @public */
export const SLO_PRESETS: readonly SloPreset[] = [
  {
    id: 'chat',
    title: 'Chat',
    promptTokens: 512,
    outputTokens: 256,
    ttftSeconds: 0.15,
    itlSeconds: 0.025,
  },
  {
    id: 'code-completion',
    title: 'Code completion',
    promptTokens: 512,
    outputTokens: 256,
    ttftSeconds: 0.1,
    itlSeconds: 0.02,
  },
  {
    id: 'code-generation',
    title: 'Detailed code generation',
    promptTokens: 1024,
    outputTokens: 1024,
    ttftSeconds: 0.3,
    itlSeconds: 0.03,
  },
  {
    id: 'retrieval',
    title: 'Retrieval',
    promptTokens: 4096,
    outputTokens: 512,
    ttftSeconds: 0.6,
    itlSeconds: 0.03,
  },
  {
    id: 'long-document',
    title: 'Long document',
    promptTokens: 10240,
    outputTokens: 1536,
    ttftSeconds: 1,
    itlSeconds: 0.04,
  },
];
