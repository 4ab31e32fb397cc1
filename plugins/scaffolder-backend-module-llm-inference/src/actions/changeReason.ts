import { InputError } from '@backstage/errors';
import { CAUSE_IDS, inertLine } from 'backstage-plugin-llm-inference-common';
import type { z } from 'zod/v3';

import { fencedText } from './fencedText';

type Z = typeof z;

const MOST_LINES = 5;
const LONGEST_LINE = 512;
const LONGEST_TITLE = 200;

/** Why a change is asked for: a cause that health names, and what was observed. */
export interface ChangeReason {
  cause?: string;
  pool?: 'decode' | 'prefill' | 'scheduler';
  title?: string;
  evidence?: string[];
}

/** The reason as the input of an action. What is too long is cut: it is read, and decides nothing. */
export const reasonInput = (z: Z) =>
  z
    .object(
      {
        // A form sends an empty object where there is no reason.
        cause: z
          .string()
          .optional()
          .describe('Id of the cause, as health names it'),
        pool: z
          .enum(['decode', 'prefill', 'scheduler'])
          .optional()
          .describe('The pool that the cause is about'),
        title: z.string().optional().describe('The cause in a few words'),
        evidence: z
          .array(z.string())
          .optional()
          .describe('What was observed, one line each'),
      },
      {
        description:
          'Why the change is asked for; the text of the pull request names it',
      },
    )
    .optional();

/**
 * The reason for the text of a pull request, as Markdown. What comes from logs and events, and through a link that
 * anyone can write, stands in a block of code: there it is no link, no mention and no markup.
 *
 * Undefined where there is no reason.
 *
 * @throws InputError for a cause that nobody knows, and for details without a cause
 */
export function describeReason(reason: ChangeReason): string | undefined {
  const { cause, pool, title, evidence = [] } = reason;
  if (!cause) {
    if (pool || title || evidence.length) {
      throw new InputError(
        'reason.cause is missing: name the cause that the other fields of reason are about',
      );
    }
    return undefined;
  }
  const known: readonly string[] = Object.values(CAUSE_IDS).flat();
  if (!known.includes(cause)) {
    throw new InputError(
      `reason.cause: '${inertLine(cause, 64)}' is the id of no known cause`,
    );
  }
  const lines = [
    inertLine(title ?? '', LONGEST_TITLE),
    ...evidence
      .slice(0, MOST_LINES)
      .map(line => inertLine(line, LONGEST_LINE))
      .filter(Boolean)
      .map(line => `- ${line}`),
  ].filter(Boolean);
  const about = pool ? ` of the ${pool} pool` : '';
  return [
    '### Why',
    '',
    `To end the cause \`${cause}\`${about}${
      lines.length ? ', as the portal showed it:' : '.'
    }`,
    ...(lines.length ? ['', ...fencedText(lines)] : []),
    '',
  ].join('\n');
}
