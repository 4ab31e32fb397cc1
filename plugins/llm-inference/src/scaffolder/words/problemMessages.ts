import { PROBLEM_CODES } from 'backstage-plugin-llm-inference-common';
import { asSaid } from '../../translation/asSaid';

/** What the core refuses. A text may have a variant for where there is a word: `nameDot/suggestion`. */
export const problemMessages = asSaid([
  ...PROBLEM_CODES,
  'nameCharacters/suggestion',
  'nameDot/suggestion',
  'nameDigitFirst/suggestion',
  'nameDash/suggestion',
  'nameUpperCase/suggestion',
] as const);
