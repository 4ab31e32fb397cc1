import { JsonRecord } from '../../cluster/json';
import { useCluster } from '../testing/sandbox';
import { widgetCrdFolder } from '../testing/widgetCrd';

const test = useCluster({ crdsDir: widgetCrdFolder() });
const path = '/apis/monitoring.coreos.com/v1/namespaces/default/podmonitors';

const widget = (spec: object, name = 'widget') => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name },
  spec,
});

/** Creates in a dry run: what is wrong, as field and words. */
async function findings(spec: object): Promise<string[]> {
  const { body } = await test.client.post(path, widget(spec), {
    dryRun: 'All',
  });
  const causes = (body.details as JsonRecord | undefined)?.causes;
  return ((causes ?? []) as Array<{ field: string; message: string }>).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

describe('a custom resource', () => {
  it('gets defaults, at every depth', async () => {
    const { body } = await test.client.post(
      path,
      widget({ size: 1, items: [{ name: 'a' }] }, 'defaulted'),
    );
    expect(body.spec).toEqual({
      size: 1,
      color: 'red',
      items: [{ name: 'a', protocol: 'TCP', nested: { on: true } }],
    });
  });

  it.each([
    [{}, ['spec.size: Required value']],
    [
      { size: 'big' },
      [
        'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
      ],
    ],
    [
      { size: -1 },
      [
        'spec.size: Invalid value: -1: spec.size in body should be greater than or equal to 0',
      ],
    ],
    [
      { size: 1, color: 'blue' },
      [
        'spec.color: Unsupported value: "blue": supported values: "red", "green"',
      ],
    ],
    [
      { size: 1, name: 'toolong' },
      ['spec.name: Too long: may not be more than 5 bytes'],
    ],
    [
      { size: 1, name: 'A1' },
      [
        'spec.name: Invalid value: "A1": spec.name in body should match \'^[a-z]+$\'',
      ],
    ],
    [
      { size: 1, name: 'a' },
      [
        'spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long',
      ],
    ],
    [
      { size: 1, when: 'soon' },
      [
        'spec.when: Invalid value: "soon": spec.when in body must be of type date-time: "soon"',
      ],
    ],
    [
      { size: 1, few: ['a', 'b'] },
      ['spec.few: Too many: 2: must have at most 1 items'],
    ],
    [
      { size: 1, port: 1.5 },
      [
        'spec.port: Invalid value: "number": spec.port in body must be of type integer,string: "number"',
      ],
    ],
    [{ size: 1, port: 'http' }, []],
    [
      { size: 1, items: [{ name: 'a' }, { name: 'a' }] },
      ['spec.items[1]: Duplicate value: {"name":"a"}'],
    ],
    [
      { size: 1, limits: { cpu: 1 } },
      [
        'spec.limits.cpu: Invalid value: "integer": spec.limits.cpu in body must be of type string: "integer"',
      ],
    ],
    [
      { size: 3, maximum: 2 },
      ['spec: Invalid value: "object": size cannot exceed maximum'],
    ],
    [
      { size: 13 },
      ['spec: Invalid value: "object": failed rule: self.size != 13'],
    ],
  ])('%j', async (spec: object, expected: string[]) => {
    const unchecked =
      '<nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
    expect((await findings(spec)).filter(text => text !== unchecked)).toEqual(
      expected,
    );
  });

  it('is refused with a Status that names every cause', async () => {
    const { status, body } = await test.client.post(
      path,
      widget({ size: -1, color: 'blue' }, 'refused'),
    );
    expect(status).toBe(422);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'Invalid',
      code: 422,
      message:
        'PodMonitor.monitoring.coreos.com "refused" is invalid: [spec.size: Invalid value: -1: spec.size in body should be greater than or equal to 0, spec.color: Unsupported value: "blue": supported values: "red", "green"]',
      details: {
        name: 'refused',
        group: 'monitoring.coreos.com',
        kind: 'PodMonitor',
        causes: [
          expect.objectContaining({
            reason: 'FieldValueInvalid',
            field: 'spec.size',
          }),
          expect.objectContaining({
            reason: 'FieldValueNotSupported',
            field: 'spec.color',
          }),
        ],
      },
    });
  });

  it('loses unknown fields with a warning, or is refused for them', async () => {
    const unknown = widget({ size: 1, extra: 1, open: { any: 1 } }, 'unknown');
    const strict = await test.client.post(path, unknown, {
      fieldValidation: 'Strict',
    });
    expect(strict.status).toBe(400);
    expect(strict.body.message).toBe(
      'PodMonitor in version "v1" cannot be handled as a PodMonitor: strict decoding error: unknown field "spec.extra"',
    );
    const pruned = await test.client.post(path, unknown);
    expect(pruned.headers.warning).toBe(
      '299 - "unknown field \\"spec.extra\\""',
    );
    expect(pruned.body.spec).toEqual({
      size: 1,
      color: 'red',
      open: { any: 1 },
    });
  });

  it('is checked against its state before', async () => {
    await test.client.post(path, widget({ size: 1 }, 'painted'));
    const { status, body } = await test.client.patch(
      `${path}/painted`,
      'merge',
      { spec: { color: 'green' } },
    );
    expect(status).toBe(422);
    expect(body.message).toBe(
      'PodMonitor.monitoring.coreos.com "painted" is invalid: spec: Invalid value: "object": color is immutable',
    );
  });

  it('prints the columns of its definition', async () => {
    await test.client.post(
      path,
      widget({ size: 7, items: [{ name: 'a' }] }, 'printed'),
    );
    const { body } = await test.client.request('GET', `${path}/printed`, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(body).toMatchObject({
      columnDefinitions: [
        { name: 'Name' },
        { name: 'Size', type: 'integer' },
        { name: 'First' },
        { name: 'Made' },
      ],
      rows: [{ cells: ['printed', 7, 'a', expect.stringMatching(/^\d+s$/)] }],
    });
  });

  it('merges keyed lists in a server-side apply', async () => {
    const apply = (manager: string, name: string) =>
      test.client.patch(
        `${path}/shared`,
        'apply',
        widget({ size: 1, items: [{ name }] }, 'shared'),
        { fieldManager: manager },
      );
    await apply('one', 'a');
    const { body } = await apply('two', 'b');
    expect((body.spec as JsonRecord).items).toMatchObject([
      { name: 'a' },
      { name: 'b' },
    ]);
  });
});
