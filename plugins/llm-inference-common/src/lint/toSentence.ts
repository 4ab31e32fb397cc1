import { withoutSecrets } from '../resource/secrets';

const MAX_LENGTH = 600;

/** A sentence made fit to be shown: without the secrets of the values that it quotes, and not endless. */
export function toSentence(text: string): string {
  return withoutSecrets(
    text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text,
  );
}
