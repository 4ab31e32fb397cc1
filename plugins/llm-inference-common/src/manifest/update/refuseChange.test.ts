import { PROFILES } from '../__testUtils__/profiles';
import { parseProfiles } from '../profile/parseProfiles';
import { refuseChange } from './refuseChange';

const image = `ghcr.io/llm-d/llm-d-cuda@sha256:${'a'.repeat(64)}`;
const [h100, cpu] = ['h100-roce', 'cpu-trial'].map(
  name =>
    parseProfiles({
      [name]: { ...PROFILES[name], images: { allowed: ['ghcr.io/llm-d/'] } },
    })[0],
);
const now = {
  decode: { replicas: 1, gpusPerReplica: 8 },
  prefill: { replicas: 2, gpusPerReplica: 8 },
};

describe('refuseChange', () => {
  it('lets pass what both the profile and the manifest would take', () => {
    expect(
      refuseChange(
        {
          image,
          decode: { replicas: 2 },
          rdma: { resource: 'rdma/roce_gdr' },
          startupBudgetSeconds: 1800,
        },
        { profile: h100, now },
      ),
    ).toEqual([]);
    expect(refuseChange({ image: 'preset' }, { profile: cpu })).toEqual([]);
  });

  it.each([
    [{ decode: { replicas: 9 } }, 'decode.replicas', '8 per pool'],
    [{ prefill: { replicas: 4 } }, 'prefill.replicas', 'up to 40 GPUs'],
    [
      { image: image.replace('ghcr.io', 'evil.io') },
      'image',
      'must start with',
    ],
    [{ image: 'ghcr.io/llm-d/llm-d-cuda:latest' }, 'image', 'by digest'],
    [{ rdma: { resource: 'rdma/x' } }, 'rdma.resource', "'rdma/roce_gdr'"],
    [{ startupBudgetSeconds: 601 }, 'startupBudgetSeconds', 'multiple of 30'],
    [{ decode: { memory: { limit: '64GB' } } }, 'decode.memory.limit', '32Gi'],
    [{ model: {} }, 'model', 'another service'],
    [{ image: 'hf_abcdefghij0123456789' }, 'image', 'looks like'],
  ])('refuses %j at its field', (change, path, words) => {
    expect(refuseChange(change, { profile: h100, now })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path,
          message: expect.stringContaining(words),
        }),
      ]),
    );
  });

  it('counts no GPUs where it is not known how many a replica has', () => {
    expect(
      refuseChange({ prefill: { replicas: 8 } }, { profile: h100 }),
    ).toEqual([]);
  });

  it('knows no RDMA in a profile that has none', () => {
    expect(
      refuseChange({ rdma: { resource: 'rdma/x' } }, { profile: cpu }),
    ).toEqual([
      expect.objectContaining({
        path: 'rdma.resource',
        message: expect.stringContaining('TCP'),
      }),
    ]);
  });
});
