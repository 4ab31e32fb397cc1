import { setImmediate as nextTurn } from 'node:timers/promises';
import { IngestQueue } from './IngestQueue';

describe('the queue of what is read', () => {
  it('finishes the page that was begun first, however many wait', async () => {
    const queue = new IngestQueue();
    const done: string[] = [];
    const read = async (name: string, place: number) => {
      for (const piece of [1, 2, 3]) {
        await queue.each(place, [piece], () => done.push(`${name}${piece}`));
      }
    };
    const [first, second, third] = [queue.draw(), queue.draw(), queue.draw()];
    await Promise.all([read('c', third), read('a', first), read('b', second)]);
    expect(done.join(' ')).toBe('a1 a2 a3 b1 b2 b3 c1 c2 c3');
  });

  it('lets later pages go on while the first waits for its cluster', async () => {
    const queue = new IngestQueue();
    const [first, second] = [queue.draw(), queue.draw()];
    const done: string[] = [];
    await queue.each(first, ['a1'], item => done.push(item));
    await queue.each(second, ['b1', 'b2'], item => done.push(item));
    await queue.each(first, ['a2'], item => done.push(item));
    expect(done).toEqual(['a1', 'b1', 'b2', 'a2']);
  });

  it('tells who asked of a failure, and goes on with the others', async () => {
    const queue = new IngestQueue();
    const failing = queue.each(queue.draw(), [1], () => {
      throw new Error('malformed');
    });
    const other = queue.each(queue.draw(), [1, 2, 3], () => undefined);
    await expect(failing).rejects.toThrow('malformed');
    expect(await other).toBe(3);
  });

  it('gives the event loop a turn within a long page', async () => {
    const queue = new IngestQueue();
    let isOver = false;
    const work = queue
      .each(queue.draw(), Array(30), () => {
        const until = performance.now() + 1;
        while (performance.now() < until);
      })
      .then(() => {
        isOver = true;
      });
    let turns = 0;
    while (!isOver) {
      await nextTurn();
      turns += 1;
    }
    await work;
    // 30 ms of work in slices of 4 ms.
    expect(turns).toBeGreaterThan(3);
  });
});
