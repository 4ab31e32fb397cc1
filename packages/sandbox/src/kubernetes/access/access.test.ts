import { useCluster } from '../testing/sandbox';

const test = useCluster({
  tokens: {
    'admin-token': { name: 'admin', groups: ['system:masters'] },
    'jane-token': { name: 'jane', groups: ['developers'] },
  },
});

const RBAC = 'rbac.authorization.k8s.io';

beforeAll(async () => {
  const admin = test.as('admin-token');
  const rbac = (path: string, kind: string, body: object) =>
    admin.post(`/apis/${RBAC}/v1${path}`, {
      apiVersion: `${RBAC}/v1`,
      kind,
      ...body,
    });
  await rbac('/namespaces/default/roles', 'Role', {
    metadata: { name: 'reader' },
    rules: [
      {
        apiGroups: [''],
        resources: ['pods', 'pods/log'],
        verbs: ['get', 'list'],
      },
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['shared'],
        verbs: ['get'],
      },
      { apiGroups: [''], resources: ['secrets'], verbs: ['patch'] },
    ],
  });
  await rbac('/namespaces/default/rolebindings', 'RoleBinding', {
    metadata: { name: 'readers' },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'reader' },
    subjects: [
      { apiGroup: RBAC, kind: 'Group', name: 'developers' },
      { kind: 'ServiceAccount', name: 'robot', namespace: 'default' },
    ],
  });
  await rbac('/clusterroles', 'ClusterRole', {
    metadata: { name: 'services' },
    rules: [
      {
        apiGroups: ['serving.kserve.io'],
        resources: ['*'],
        verbs: ['list', 'watch'],
      },
    ],
  });
  await rbac('/clusterrolebindings', 'ClusterRoleBinding', {
    metadata: { name: 'services' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'services' },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: 'jane' }],
  });
});

describe('bearer tokens', () => {
  it('refuses a token that nobody has', async () => {
    const { status, body } = await test.as('stolen').get('/api/v1/pods');
    expect(status).toBe(401);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  });

  it('knows nobody without a token, who may see the version only', async () => {
    expect((await test.client.get('/version')).status).toBe(200);
    const { status, body } = await test.client.get('/api/v1/pods');
    expect(status).toBe(403);
    expect(body.message).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    );
    const paths = await test.client.get('/apis');
    expect(paths.body.message).toBe(
      'forbidden: User "system:anonymous" cannot get path "/apis"',
    );
  });

  it('takes the tokens of service accounts, asked for or from a Secret', async () => {
    const admin = test.as('admin-token');
    await admin.post('/api/v1/namespaces/default/serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
    });
    const { body } = await admin.post(
      '/api/v1/namespaces/default/serviceaccounts/robot/token',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' },
    );
    const { token } = body.status as { token: string };
    const pods = await test.as(token).get('/api/v1/namespaces/default/pods');
    expect(pods.status).toBe(200);
    const expired = await admin.post(
      '/api/v1/namespaces/default/serviceaccounts/robot/token',
      { spec: { expirationSeconds: 0 } },
    );
    const late = test.as((expired.body.status as { token: string }).token);
    expect((await late.get('/api/v1/pods')).status).toBe(401);

    await admin.post('/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'robot-token',
        annotations: { 'kubernetes.io/service-account.name': 'robot' },
      },
      type: 'kubernetes.io/service-account-token',
      stringData: { token: 'from-the-secret' },
    });
    const refused = await test.as('from-the-secret').get('/api/v1/nodes');
    expect(refused.body.message).toBe(
      'nodes is forbidden: User "system:serviceaccount:default:robot" cannot list resource "nodes" in API group "" at the cluster scope',
    );
  });
});

describe('access rules', () => {
  const inDefault = '/api/v1/namespaces/default';

  it.each([
    ['GET', `${inDefault}/pods`, 200],
    ['GET', `${inDefault}/pods?watch=1`, 403],
    ['GET', '/api/v1/namespaces/kube-system/pods', 403],
    ['GET', `${inDefault}/pods/absent/log`, 404],
    ['GET', `${inDefault}/configmaps/shared`, 404],
    ['GET', `${inDefault}/configmaps/other`, 403],
    ['GET', `${inDefault}/configmaps`, 403],
    ['DELETE', `${inDefault}/pods`, 403],
    ['GET', '/apis/serving.kserve.io/v1alpha2/llminferenceservices', 200],
    ['GET', '/apis', 200],
  ] as const)('%s %s by jane is %d', async (method, path, expected) => {
    const { status } = await test.as('jane-token').request(method, path);
    expect(status).toBe(expected);
  });

  it('says what is missing in the words of the API server', async () => {
    const jane = test.as('jane-token');
    const named = await jane.get(`${inDefault}/configmaps/other`);
    expect(named.body).toMatchObject({
      reason: 'Forbidden',
      code: 403,
      message:
        'configmaps "other" is forbidden: User "jane" cannot get resource "configmaps" in API group "" in the namespace "default"',
      details: { name: 'other', kind: 'configmaps' },
    });
    const grouped = await jane.delete(
      '/apis/serving.kserve.io/v1alpha2/namespaces/default/llminferenceservices/x',
    );
    expect(grouped.body.message).toBe(
      'llminferenceservices.serving.kserve.io "x" is forbidden: User "jane" cannot delete resource "llminferenceservices" in API group "serving.kserve.io" in the namespace "default"',
    );
    const log = await jane.get('/api/v1/namespaces/kube-system/pods/x/log');
    expect(log.body.message).toBe(
      'pods "x" is forbidden: User "jane" cannot get resource "pods/log" in API group "" in the namespace "kube-system"',
    );
  });

  it('wants the right to create for an apply of what is not there', async () => {
    const { status, body } = await test
      .as('jane-token')
      .patch(
        `${inDefault}/secrets/new`,
        'apply',
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'new' } },
        { fieldManager: 'jane' },
      );
    expect(status).toBe(403);
    expect(body.message).toContain(
      'User "jane" cannot create resource "secrets"',
    );
  });

  it('answers what somebody may do', async () => {
    const ask = async (token: string, resourceAttributes: object) => {
      const { status, body } = await test
        .as(token)
        .post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes },
        });
      expect(status).toBe(201);
      return (body.status as { allowed: boolean }).allowed;
    };
    const listPods = { verb: 'list', resource: 'pods', namespace: 'default' };
    expect(await ask('jane-token', listPods)).toBe(true);
    expect(await ask('jane-token', { ...listPods, verb: 'create' })).toBe(
      false,
    );
    expect(
      await ask('jane-token', { ...listPods, verb: 'get', subresource: 'log' }),
    ).toBe(true);
    expect(await ask('admin-token', { ...listPods, verb: 'create' })).toBe(
      true,
    );
  });
});
