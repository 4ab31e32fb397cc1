import { ADVICE_IDS } from 'backstage-plugin-llm-inference-common';
import { asSaid } from '../../translation/asSaid';

/** What the core advises. */
export const adviceMessages = asSaid([
  ...ADVICE_IDS,
  'measured/model=gpt-oss-120b',
  'measured/model=Qwen3-32B',
] as const);
