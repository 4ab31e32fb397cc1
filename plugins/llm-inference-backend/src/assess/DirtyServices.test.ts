import { DirtyServices } from './DirtyServices';

function service(name: string) {
  return { cluster: 'gpu-east', namespace: 'llm', name };
}

/** Takes all that may be taken, in their order. */
function takeAll(dirty: DirtyServices, since = Infinity): string[] {
  const names: string[] = [];
  for (let next = dirty.take(since); next; next = dirty.take(since)) {
    names.push(next.name);
  }
  return names;
}

describe('services that wait to be judged', () => {
  it('are taken in the order of their first change, each once', () => {
    const dirty = new DirtyServices();
    dirty.add(service('a'), 1);
    dirty.add(service('b'), 2);
    dirty.add(service('a'), 3);
    expect(dirty.size).toBe(2);
    expect(dirty.waitingSince).toBe(1);
    expect(takeAll(dirty)).toEqual(['a', 'b']);
    expect(dirty.waitingSince).toBeUndefined();
  });

  it('gather further changes until they have waited long enough', () => {
    const dirty = new DirtyServices();
    dirty.add(service('a'), 1);
    dirty.add(service('b'), 10);
    dirty.add(service('a'), 10);
    expect(takeAll(dirty, 5)).toEqual(['a']);
    dirty.add(service('a'), 12);
    expect(dirty.waitingSince).toBe(10);
    expect(takeAll(dirty, 12)).toEqual(['b', 'a']);
  });

  it('go first where somebody looks at them, and hold nobody up for ever', () => {
    const dirty = new DirtyServices();
    dirty.isWatched = ({ name }) => name.startsWith('watched');
    dirty.add(service('plain-1'), 1);
    dirty.add(service('plain-2'), 1);
    expect(dirty.isWatchedOneWaiting(9)).toBe(false);
    for (let i = 1; i <= 6; i++) dirty.add(service(`watched-${i}`), 2);
    expect(dirty.isWatchedOneWaiting(1)).toBe(false);
    expect(dirty.isWatchedOneWaiting(2)).toBe(true);
    expect(takeAll(dirty)).toEqual([
      'watched-1',
      'watched-2',
      'watched-3',
      'watched-4',
      'plain-1',
      'watched-5',
      'watched-6',
      'plain-2',
    ]);
  });

  it('keep their place where somebody begins to look at them', () => {
    const dirty = new DirtyServices();
    let watched = false;
    dirty.isWatched = ({ name }) => watched && name === 'b';
    dirty.add(service('a'), 1);
    dirty.add(service('b'), 2);
    watched = true;
    dirty.add(service('b'), 9);
    expect(dirty.size).toBe(2);
    expect(takeAll(dirty, 5)).toEqual(['b', 'a']);
  });
});
