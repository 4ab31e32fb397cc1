import fs from 'node:fs';
import path from 'node:path';

/** What the stock app's pages say by themselves; `yarn e2e:baseline` records it. */
export interface StockBaseline {
  /** Signatures of console messages, wherever they were seen. */
  console: string[];
  /** Signatures of axe's serious and critical findings per page. */
  axe: Record<string, string[]>;
}

const FILE = path.join(__dirname, 'baseline.json');

export function readBaseline(): StockBaseline {
  return JSON.parse(fs.readFileSync(FILE, 'utf8'));
}

export function writeBaseline(baseline: StockBaseline) {
  fs.writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`);
}
