import type { Locator } from '@playwright/test';

/** What a part of the page says: its texts without code, and the names and hints of its elements. */
export async function wordsOf(part: Locator): Promise<string[]> {
  const texts = await part.evaluate(root => {
    const found: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode;
      if (!parentElement?.closest('pre, code, textarea')) {
        found.push(textContent ?? '');
      }
    }
    for (const element of root.querySelectorAll('*')) {
      for (const attribute of ['aria-label', 'title', 'placeholder']) {
        found.push(element.getAttribute(attribute) ?? '');
      }
    }
    return found;
  });
  const pieces = texts
    .flatMap(text => text.split(/\n| · |: |, /))
    .map(text => text.trim())
    .filter(text => /\p{L}{2}/u.test(text));
  return [...new Set(pieces)];
}
