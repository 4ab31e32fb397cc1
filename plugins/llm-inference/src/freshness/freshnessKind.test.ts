import { freshnessKind, isOld } from './freshnessKind';

const at = { asOf: '2026-11-22T14:02:00Z' };

describe('freshnessKind', () => {
  it.each([
    ['Live', 'Live', 'live', false],
    ['Live', 'Polling', 'polling', false],
    ['Live', 'Connecting', 'connecting', false],
    ['Syncing', 'Live', 'syncing', false],
    ['Stale', 'Live', 'stale', true],
    ['Stale', 'Away', 'away', true],
    ['Live', 'Away', 'away', true],
  ] as const)(
    'of a %s cluster over a %s connection is %s',
    (state, connection, kind, old) => {
      expect(freshnessKind({ state, ...at }, connection)).toBe(kind);
      expect(isOld(kind)).toBe(old);
    },
  );
});
