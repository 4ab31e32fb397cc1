import { childName } from './names';

describe('childName', () => {
  it('joins parent and suffix as long as they fit', () => {
    expect(childName('qwen', '-kserve-prefill')).toBe('qwen-kserve-prefill');
    const parent = 'a'.repeat(39);
    expect(childName(parent, '-kserve-router-scheduler')).toBe(
      `${parent}-kserve-router-scheduler`,
    );
  });

  it('cuts the parent and puts its MD5 in between where they do not fit', () => {
    const parent = 'a'.repeat(40);
    const name = childName(parent, '-kserve-router-scheduler');
    expect(name).toHaveLength(63);
    expect(name).toBe(
      'aaaaaaa4697843037d962f62a5a429e611e0f5f-kserve-router-scheduler',
    );
  });

  it('hashes parent and suffix together where the suffix alone is too long', () => {
    const name = childName('parent', `-${'s'.repeat(60)}`);
    expect(name).toMatch(/^parent[0-9a-f]{32}-s{24}$/);
    expect(name).toHaveLength(63);
  });
});
