import { cleanText } from '../health/quote';

/**
 * Text of a cluster made fit to leave the backend: without terminal escapes and with secrets replaced.
 *
 * @public
 */
export function redactText(text: string): string {
  return cleanText(text);
}
