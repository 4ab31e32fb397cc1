import { useCluster } from './testing/sandbox';

const test = useCluster();

it('counts what is asked and what is sent', async () => {
  const before = test.cluster.traffic();
  await test.client.get('/api/v1/namespaces');
  await test.client.get('/api/v1/namespaces');
  const after = test.cluster.traffic();
  expect(after.requests - before.requests).toBe(2);
  expect(after.watches).toBe(before.watches);
  const bytes = JSON.stringify(
    (await test.client.get('/api/v1/namespaces')).body,
  ).length;
  expect(after.bytes - before.bytes).toBeGreaterThanOrEqual(2 * bytes);
});
