import { createFormat } from './useFormat';

const NOW = new Date('2026-11-22T14:02:00Z').getTime();

describe('createFormat', () => {
  it.each([
    ['2026-11-22T14:01:30Z', '30s'],
    ['2026-11-22T13:50:00Z', '12m'],
    ['2026-11-22T09:02:00Z', '5h'],
    ['2026-11-01T14:02:00Z', '21d'],
    ['2026-11-22T14:05:00Z', '0s'],
  ])('tells the age of %s as %s', (at, age) => {
    expect(createFormat('en').age(at, NOW)).toBe(age);
  });

  it('names the day where it is not today', () => {
    const format = createFormat('en-GB');
    const today = new Date();
    expect(format.moment(today.toISOString())).toMatch(/^\d\d:\d\d$/);
    expect(format.moment('2020-03-05T12:00:00Z')).toMatch(/^5 Mar/);
  });

  it.each([
    [1, '100%'],
    [0.99996, '99.99%'],
    [0.977, '98%'],
    [0, '0%'],
  ])('never rounds a share of %d up to all of it: %s', (share, text) => {
    expect(createFormat('en').percent(share)).toBe(text);
  });

  it.each([
    [11.24e9, '11.2 GB/s'],
    [276e6, '276 MB/s'],
    [0, '0 byte/s'],
  ])('tells a throughput of %d as %s', (rate, text) => {
    expect(createFormat('en').throughput(rate)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [57_344, '56 KiB'],
    [15_231_233_024, '14.2 GiB'],
    [2 ** 30, '1 GiB'],
    [2 ** 52, '4,100 TiB'],
  ])('tells a memory of %d as %s', (bytes, text) => {
    expect(createFormat('en').memory(bytes)).toBe(text);
  });

  it('speaks the language of the portal', () => {
    const german = createFormat('de');
    expect(german.moment('2020-05-05T12:00:00Z')).toMatch(/Mai/);
    expect(german.memory(15_231_233_024)).toBe('14,2 GiB');
    expect(german.count(961_319)).toBe('961.319');
  });
});
