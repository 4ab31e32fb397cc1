import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import type { CauseId } from '../CauseId';
import type { Observation } from '../Observation';
import type { KvTransferHealth, PoolHealth, Verdict } from '../ServingHealth';

/** An observation with what must be found in it. */
export interface Scenario extends Observation {
  name: string;
  why: string;
  expect: {
    verdict: Verdict;
    /** The first cause that is not Info. */
    rootCause: CauseId | null;
    /** True where no Critical or Warning cause other than those in `causes` may be listed. */
    onlyCauses?: boolean;
    causes: CauseId[];
    notCauses?: CauseId[];
    pools?: {
      decode?: Partial<PoolHealth>;
      prefill?: Partial<PoolHealth>;
    };
    kvTransfer?: Partial<KvTransferHealth>;
  };
}

const FOLDER = join(__dirname, '..', '__fixtures__');

/** The scenarios of the contract, from their files. */
export function loadScenarios(): Scenario[] {
  return readdirSync(FOLDER)
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => parse(readFileSync(join(FOLDER, file), 'utf8')));
}
