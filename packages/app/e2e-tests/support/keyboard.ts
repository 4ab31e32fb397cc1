import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any part of a page has: a walk that long goes in circles. */
const LIMIT = 150;
/** How far a ring may stand off its element; pixels. */
const MARGIN = 4;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One stop of a walk by Tab: what is focused, and whether one sees that. */
export interface Stop {
  role: string;
  name: string;
  isVisible: boolean;
}

/**
 * Walks through a part of the page by Tab, from its first stop until it leaves it again. A stop is visible where
 * its pixels change as the focus goes on. Wants a viewport that needs no scrolling.
 */
export async function walk(page: Page, part: Locator): Promise<Stop[]> {
  await enter(part);
  const stops: Stop[] = [];
  for (;;) {
    const { role, name, box } = await focused(page);
    const before = await pixels(page, box);
    await page.keyboard.press('Tab');
    const after = await pixels(page, box);
    stops.push({ role, name, isVisible: !before.equals(after) });
    if (
      !(await part.evaluate(element =>
        element.contains(document.activeElement),
      ))
    ) {
      return stops;
    }
    expect(
      stops.length,
      `Tab goes in circles: ${stops
        .slice(-6)
        .map(stop => stop.name)
        .join(' → ')}`,
    ).toBeLessThan(LIMIT);
  }
}

/** Focuses the first stop of a part as Tab would. */
async function enter(part: Locator) {
  await part.evaluate(element => {
    const start = document.createElement('span');
    start.tabIndex = -1;
    element.prepend(start);
    start.focus();
  });
  await part.page().keyboard.press('Tab');
  await part.evaluate(element => element.firstElementChild?.remove());
}

async function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement!;
    // What is drawn for a hidden input is the label around it.
    const shown =
      element.getBoundingClientRect().width > 2
        ? element
        : element.closest('label') ?? element.parentElement!;
    const { x, y, width, height } = shown.getBoundingClientRect();
    return {
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      name: (
        element.getAttribute('aria-label') ??
        (element as HTMLInputElement).labels?.[0]?.innerText ??
        // Drawings have no text of their own.
        (shown instanceof HTMLElement ? shown.innerText : '')
      ).slice(0, 60),
      box: { x, y, width, height },
    };
  });
}

function pixels(page: Page, { x, y, width, height }: Box): Promise<Buffer> {
  return page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    clip: {
      x: Math.max(0, x - MARGIN),
      y: Math.max(0, y - MARGIN),
      width: width + 2 * MARGIN,
      height: height + 2 * MARGIN,
    },
  });
}

/** Expects that every stop of a walk shows that it is focused. */
export function expectVisibleStops(stops: Stop[]) {
  expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([]);
}
