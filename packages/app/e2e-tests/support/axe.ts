import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

/** A rule that an element breaks, seriously or critically. */
export interface Violation {
  /** The rule and the element in the form that is the same in every run. */
  signature: string;
  detail: string;
}

const OURS = 'data-e2e-ours';

/** What axe finds within some parts of the page. */
export async function violationsWithin(
  page: Page,
  parts: Locator[],
): Promise<Violation[]> {
  await mark(page, parts);
  return analyse(new AxeBuilder({ page }).include(`[${OURS}]`));
}

/** What axe finds on the whole page but in some parts of it. */
export async function violationsAround(
  page: Page,
  parts: Locator[] = [],
): Promise<Violation[]> {
  await mark(page, parts);
  const builder = new AxeBuilder({ page });
  return analyse(parts.length > 0 ? builder.exclude(`[${OURS}]`) : builder);
}

/** Names the parts by an attribute: axe takes selectors only. */
async function mark(page: Page, parts: Locator[]) {
  await page.locator(`[${OURS}]`).evaluateAll((elements, attribute) => {
    elements.forEach(element => element.removeAttribute(attribute));
  }, OURS);
  for (const part of parts) {
    await part.evaluate(
      (element, attribute) => element.setAttribute(attribute, ''),
      OURS,
    );
  }
}

async function analyse(builder: AxeBuilder): Promise<Violation[]> {
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => ({
        signature: `${id} ${neutral(target.flat().join(' '))}`,
        detail: `${id}: ${html.slice(0, 300)}\n${failureSummary ?? ''}`,
      })),
    );
}

/** Takes out what counts up or is generated: positions, numbered classes and ids. */
function neutral(selector: string): string {
  return selector
    .replace(/\\/g, '')
    .replace(/react-aria[\w:-]+?-:r\w+:/g, 'react-aria')
    .replace(/:r\w+:/g, ':r:')
    .replace(/(template|component|resource|system|api):default\/[\w.-]+/g, '$1')
    .replace(/nth-child\(\d+\)/g, 'nth-child(n)')
    .replace(/([A-Za-z])-\d+\b/g, '$1')
    .replace(/\bjss\d+\b/g, 'jss');
}
