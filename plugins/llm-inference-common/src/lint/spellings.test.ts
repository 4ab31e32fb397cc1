import { parseAllDocuments, stringify } from 'yaml';
import type { LintOptions } from './LintOptions';
import { lintManifests } from './lintManifests';
import {
  ARGS,
  both,
  changed,
  D,
  devices,
  goodService,
  GPU,
  kvArgument,
  P,
  RDMA,
  type Changes,
} from './__fixtures__/services';

/** What is more than advice, as `id at path`. */
function faults(objects: readonly unknown[], options: LintOptions = {}) {
  return lintManifests(objects, { tls: false, ...options })
    .filter(({ level }) => level !== 'info')
    .map(({ id, path }) => `${id} at ${path}`);
}

const ROLES = [
  [D, 'kv_consumer'],
  [P, 'kv_producer'],
] as const;

/** Changes of both engines that depend on their role. */
const perRole = (
  field: string,
  write: (config: string, role: string) => unknown,
): Changes =>
  Object.fromEntries(
    ROLES.map(([engine, role]) => [
      `${engine}.${field}`,
      write(`{"kv_connector":"NixlConnector","kv_role":"${role}"}`, role),
    ]),
  );

const inArgs = (
  write: (config: string, role: string) => string[],
): Changes => ({
  ...both(ARGS, '--enable-prefix-caching'),
  ...perRole('args', write),
});

describe('the same content in another spelling', () => {
  it.each<[string, Changes]>([
    ['one argument', inArgs(json => [`--kv-transfer-config='${json}'`])],
    ['two arguments', inArgs(json => ['--kv_transfer_config', `'${json}'`])],
    [
      'one shell text',
      inArgs(json => [`--seed 1 --kv-transfer-config '${json}'`]),
    ],
    [
      'JSON over several lines',
      perRole(
        ARGS,
        (_, role) =>
          `--kv_transfer_config '{\n  "kv_role" : "${role}",\n  "kv_connector" : "NixlConnector"\n}'`,
      ),
    ],
    [
      'nested JSON, whose braces close each other',
      perRole(ARGS, (_, kv_role) =>
        kvArgument({
          kv_connector: 'NixlConnector',
          kv_role,
          kv_connector_extra_config: { backends: ['UCX'] },
        }),
      ),
    ],
    [
      'one field at a time',
      perRole(
        ARGS,
        (_, role) =>
          `--kv-transfer-config.kv_connector NixlConnector --kv-transfer-config.kv_role ${role}`,
      ),
    ],
    [
      'quantities of one device',
      {
        ...devices({ [GPU]: 1, [RDMA]: '1000m' }),
        [`${D}.resources.requests["${RDMA}"]`]: '1e0',
      },
    ],
    ['a command of no words', { [`${D}.command`]: [] }],
    [
      'null for nothing, as clients write it',
      {
        'spec.scaling': null,
        'spec.prefill.scaling': null,
        'spec.worker': null,
        'spec.template.initContainers': null,
        [`${D}.livenessProbe`]: null,
        [`${D}.command`]: null,
      },
    ],
    [
      'JSON of speculation in another order',
      {
        [`${D}.args`]: [`--speculative-config '{"method":"ngram","k":3}'`],
        [`${P}.args`]: [`--speculative-config '{ "k": 3, "method": "ngram" }'`],
      },
    ],
    [
      'a length with a unit',
      {
        [`${D}.args`]: ['--max-model-len 8K'],
        [`${P}.args`]: ['--max-model-len=8192'],
      },
    ],
  ])('%s', (_, changes) => {
    expect(faults([changed(changes)])).toEqual([]);
  });

  it('reads lists, several documents, anchors and Windows line ends alike', () => {
    const faulty = changed({ 'spec.router.scheduler': undefined });
    const found = ['scheduler-missing at spec.router.scheduler'];
    const text = `${stringify(goodService())}---\r\n${stringify(faulty)}`;
    const crlf = text.replace(/\r?\n/g, '\r\n');
    const { apiVersion, kind, ...untyped } = faulty;
    expect(faults([faulty])).toEqual(found);
    expect(
      faults(parseAllDocuments(crlf).map(document => document.toJS())),
    ).toEqual(found);
    expect(
      faults([{ apiVersion: 'v1', kind: 'List', items: [null, faulty] }]),
    ).toEqual(found);
    expect(
      faults([{ apiVersion, kind: `${String(kind)}List`, items: [untyped] }]),
    ).toEqual(found);
  });
});

describe('faults that hide', () => {
  it.each<[string, Changes, string[]]>([
    [
      'the closing half of a template',
      { [`${D}.env[4]`]: { name: 'NOTE', value: 'a }} b' } },
      [`go-template-braces at ${D}.env[4].value`],
    ],
    [
      'a template as the name of a field',
      { 'spec.template.nodeSelector': { '{{ .Zone }}': 'a' } },
      ['go-template-braces at spec.template.nodeSelector["{{ .Zone }}"]'],
    ],
    [
      'a number in the environment of the scheduler',
      {
        'spec.router.scheduler.template.containers': [
          { name: 'main', env: [{ name: 'LEVEL', value: 4 }] },
        ],
      },
      [
        'unquoted-scalar at spec.router.scheduler.template.containers[0].env[0].value',
      ],
    ],
    [
      'a role that no pod has',
      {
        'spec.template.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector':
          { matchLabels: { 'llm-d.ai/role': 'prefiller' } },
      },
      [
        'anti-affinity-label at spec.template.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector',
      ],
    ],
    [
      'other connectors, found once',
      {
        [`${P}.${ARGS}`]: kvArgument({
          kv_connector: 'LMCacheConnectorV1',
          kv_role: 'kv_producer',
        }),
      },
      [`kv-role-mismatch at ${P}.${ARGS}`],
    ],
    [
      'an empty list of networks',
      { 'metadata.annotations["k8s.v1.cni.cncf.io/networks"]': '[]' },
      [
        'network-attachment-form at metadata.annotations["k8s.v1.cni.cncf.io/networks"]',
      ],
    ],
  ])('%s', (_, changes, found) => {
    expect(faults([changed(changes)])).toEqual(found);
  });
});
