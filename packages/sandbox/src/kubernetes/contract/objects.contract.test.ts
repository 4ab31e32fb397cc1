import { configMap, useApiUnderTest } from '../testing/apiUnderTest';

const api = useApiUnderTest();

describe('create', () => {
  it('completes an object with uid, time, version and namespace', async () => {
    const { status, body } = await api.client.post(
      api.core('configmaps'),
      configMap('fresh', { data: { a: '1' } }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { a: '1' },
      metadata: {
        name: 'fresh',
        namespace: api.namespace,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
    });
  });

  it('makes a name from generateName', async () => {
    const { body } = await api.client.post(api.core('configmaps'), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'made-' },
    });
    expect(body.metadata).toMatchObject({
      name: expect.stringMatching(/^made-[a-z0-9]{5}$/),
    });
  });

  it('refuses a name that is taken', async () => {
    await api.client.post(api.core('configmaps'), configMap('taken'));
    const { status, body } = await api.client.post(
      api.core('configmaps'),
      configMap('taken'),
    );
    expect(status).toBe(409);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'AlreadyExists',
      message: 'configmaps "taken" already exists',
      details: { name: 'taken', kind: 'configmaps' },
      code: 409,
    });
  });

  it('refuses a name that is no DNS name', async () => {
    const { status, body } = await api.client.post(
      api.core('configmaps'),
      configMap('Not_A_Name'),
    );
    expect(status).toBe(422);
    expect(body).toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining(
        'ConfigMap "Not_A_Name" is invalid: metadata.name: Invalid value: "Not_A_Name": a lowercase RFC 1123 subdomain',
      ),
      details: {
        causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
      },
    });
  });

  it.each([
    ['labels', { metadata: { name: 'typed', labels: { a: true } } }],
    ['annotations', { metadata: { name: 'typed', annotations: { a: 1 } } }],
    ['data', { metadata: { name: 'typed' }, data: { a: 1 } }],
  ])('refuses %s that are no texts', async (_what, fields) => {
    const { status, body } = await api.client.post(api.core('configmaps'), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      ...fields,
    });
    expect(status).toBe(400);
    expect(body.message).toMatch(
      /cannot be handled as a ConfigMap: json: cannot unmarshal (bool|number) into Go struct field .* of type string/,
    );
  });

  it('refuses a namespace that is not there', async () => {
    const { status, body } = await api.client.post(
      '/api/v1/namespaces/nowhere/configmaps',
      configMap('lost'),
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: 'namespaces "nowhere" not found' });
  });

  it('refuses an object of another kind, and a body that is no JSON', async () => {
    const other = await api.client.post(api.core('configmaps'), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'other' },
    });
    expect(other.status).toBe(400);
    const broken = await api.client.post(api.core('configmaps'), '{');
    expect(broken.status).toBe(400);
    expect(broken.body).toMatchObject({ reason: 'BadRequest' });
  });

  it('stores nothing in a dry run, which tells what would come of it', async () => {
    const path = `${api.core('configmaps')}/dry`;
    const dryRun = { dryRun: 'All' };
    const created = await api.client.post(
      api.core('configmaps'),
      configMap('dry'),
      dryRun,
    );
    expect(created.status).toBe(201);
    expect(created.body.metadata).toHaveProperty('uid');
    expect((await api.client.get(path)).status).toBe(404);

    await api.client.post(api.core('configmaps'), configMap('dry'));
    const patched = await api.client.patch(
      path,
      'merge',
      { data: { a: '1' } },
      dryRun,
    );
    expect(patched.body.data).toEqual({ a: '1' });
    expect((await api.client.get(path)).body).not.toHaveProperty('data');
    const taken = await api.client.post(
      api.core('configmaps'),
      configMap('dry'),
      dryRun,
    );
    expect(taken.status).toBe(409);
    await api.client.delete(path, undefined, dryRun);
    expect((await api.client.get(path)).status).toBe(200);
  });
});

describe('update', () => {
  it('gives a new version, and refuses one that is built on an older', async () => {
    const path = `${api.core('configmaps')}/edited`;
    const created = await api.client.post(
      api.core('configmaps'),
      configMap('edited'),
    );
    const updated = await api.client.put(path, {
      ...created.body,
      data: { a: '1' },
    });
    expect(updated.status).toBe(200);
    const stale = await api.client.put(path, {
      ...created.body,
      data: { a: '2' },
    });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "edited": the object has been modified; please apply your changes to the latest version and try again',
    });
    const now = await api.client.get(path);
    expect(now.body.data).toEqual({ a: '1' });
  });

  it('keeps the version where nothing changes', async () => {
    const created = await api.client.post(
      api.core('configmaps'),
      configMap('same', { data: { a: '1' } }),
    );
    const again = await api.client.put(
      `${api.core('configmaps')}/same`,
      created.body,
    );
    expect(again.body.metadata).toMatchObject({
      resourceVersion: (created.body.metadata as { resourceVersion: string })
        .resourceVersion,
    });
  });

  it('answers 404 for what is not there', async () => {
    const { status, body } = await api.client.put(
      `${api.core('configmaps')}/absent`,
      configMap('absent'),
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({
      reason: 'NotFound',
      message: 'configmaps "absent" not found',
    });
  });
});

describe('generation and status', () => {
  const policy = (podSelector: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'counted' },
    spec: { podSelector, policyTypes: ['Ingress'] },
  });

  it('counts changes of the spec, and of nothing else', async () => {
    const collection = api.group('networking.k8s.io/v1', 'networkpolicies');
    const created = await api.client.post(collection, policy({}));
    expect(created.body.metadata).toMatchObject({ generation: 1 });
    const labelled = await api.client.patch(`${collection}/counted`, 'merge', {
      metadata: { labels: { a: 'b' } },
    });
    expect(labelled.body.metadata).toMatchObject({ generation: 1 });
    const changed = await api.client.patch(`${collection}/counted`, 'merge', {
      spec: { podSelector: { matchLabels: { a: 'b' } } },
    });
    expect(changed.body.metadata).toMatchObject({ generation: 2 });
  });

  it('takes status through its subresource only', async () => {
    const pods = api.core('pods');
    await api.client.post(pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stated' },
      spec: {
        nodeSelector: { nowhere: 'ever' },
        automountServiceAccountToken: false,
        containers: [{ name: 'main', image: 'none' }],
      },
      status: { message: 'mine' },
    });
    const ignored = await api.client.patch(`${pods}/stated`, 'merge', {
      status: { message: 'mine' },
    });
    expect(ignored.body.status).not.toHaveProperty('message');
    const taken = await api.client.patch(`${pods}/stated/status`, 'merge', {
      metadata: { labels: { ignored: 'yes' } },
      status: { message: 'theirs' },
    });
    expect(taken.status).toBe(200);
    const { body } = await api.client.get(`${pods}/stated`);
    expect(body.status).toMatchObject({ message: 'theirs' });
    await api.client.delete(`${pods}/stated`, { gracePeriodSeconds: 0 });
  });
});

describe('what is not there', () => {
  it.each([
    ['/api/v1/nothings', 'GET'],
    ['/apis/nothing.example.com/v1/things', 'GET'],
    ['/api/v9/pods', 'GET'],
  ] as const)('%s is 404', async (path, method) => {
    const { status } = await api.client.request(method, path);
    expect(status).toBe(404);
  });

  it('is 405 for a method that a resource does not have', async () => {
    const { status, body } = await api.client.request(
      'PUT',
      api.core('configmaps'),
      { body: configMap('x') },
    );
    expect(status).toBe(405);
    expect(body).toMatchObject({ reason: 'MethodNotAllowed' });
  });
});
