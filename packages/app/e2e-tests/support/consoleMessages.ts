import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';

/** A warning or an error of a page's console, in the form that is the same in every run. */
export interface PageMessage {
  signature: string;
  /** Where it was seen, and all of what it said. */
  detail: string;
}

const LONGEST = 240;

/**
 * What identifies a message from run to run: its kind, its first line and, of React's, the component that it is
 * about. Addresses, names of services and numbers that count up are taken out.
 */
function signatureOf(message: ConsoleMessage): string {
  const [first, ...stack] = message.text().split('\n');
  const component = stack
    .map(line => line.match(/^\s+at (\w+)/)?.[1])
    .find(name => name && /^[A-Z]/.test(name));
  const address = /^Failed to load resource/.test(first)
    ? ` ${pathOf(message.location().url)}`
    : '';
  return neutral(
    [
      `${message.type()}: ${first.trim()}${address}`.slice(0, LONGEST),
      ...(component ? [component] : []),
    ].join(' @ '),
  );
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function neutral(text: string): string {
  return text
    .replace(/\b(https?|ws):\/\/(localhost|127\.0\.0\.1):\d+/g, '')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '<id>')
    .replace(/react-aria[\w:-]+/g, 'react-aria')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Collects the warnings and errors of the portal's pages in a browser context from now on, uncaught ones too. */
export function collectMessages(
  context: BrowserContext,
  portal: string,
): PageMessage[] {
  const messages: PageMessage[] = [];
  const placeOf = (page: Page | null) => page?.url() ?? 'a closed page';
  context.on('console', message => {
    const isOfPortal = placeOf(message.page()).startsWith(portal);
    if (isOfPortal && ['warning', 'error'].includes(message.type())) {
      messages.push({
        signature: signatureOf(message),
        detail: `${placeOf(message.page())}: ${message.text()} (${
          message.location().url
        })`,
      });
    }
  });
  context.on('weberror', webError => {
    const error = webError.error();
    messages.push({
      signature: neutral(`uncaught: ${error.message.split('\n')[0]}`),
      detail: `${placeOf(webError.page())}: ${error.stack}`,
    });
  });
  return messages;
}
