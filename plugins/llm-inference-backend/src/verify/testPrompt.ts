import { randomUUID } from 'node:crypto';

const SENTENCES = 85;

/**
 * A prompt of about 2,000 tokens: long enough to be worth a prefill of its own, and different every time, so
 * that no prefix cache has it.
 */
export function testPrompt(): string {
  const id = randomUUID();
  const sentences = Array.from(
    { length: SENTENCES },
    (_, index) =>
      `Line ${index + 1} of check ${id} says nothing that matters to anybody.`,
  );
  return `${sentences.join('\n')}\nAnswer with one word.`;
}
