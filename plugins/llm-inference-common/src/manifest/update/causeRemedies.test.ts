import * as fc from 'fast-check';
import { parse, parseDocument } from 'yaml';

import { lintManifests } from '../../lint/lintManifests';
import { arbitrarySpec } from '../__testUtils__/arbitrarySpecs';
import { generateManifests } from '../generate/generateManifests';
import { updateService } from './updateService';

/** Written by hand, with what the causes of health complain about. */
const MANIFEST = `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: {name: qwen}
spec:
  model: {uri: "hf://Qwen/Qwen2.5-7B-Instruct"}
  template:
    containers:
      - name: main   # the engine
        image: example.com/a@sha256:${'a'.repeat(64)}
        env:
          # where the other pool shakes hands
          - name: VLLM_NIXL_SIDE_CHANNEL_HOST
            value: localhost # wrong
          - {name: VLLM_ADDITIONAL_ARGS, value: "--seed 1 --kv_transfer_config='{\\"kv_connector\\": \\"NixlConnector\\", \\"kv_role\\": \\"kv_producer\\"}' --max-num-seqs 8"}
        startupProbe:
          httpGet: {path: /health, port: 8001, scheme: HTTPS}
          periodSeconds: 10   # often
          failureThreshold: 60
        resources:
          limits: {memory: 32Gi, nvidia.com/gpu: "1", rdma/hca: "1"}
          requests:
            rdma/hca: "1" # as in the limits
            nvidia.com/gpu: "1"
  prefill:
    template:
      containers:
        - name: main
          resources: {limits: {nvidia.com/gpu: "1"}}
  router: {route: {}, gateway: {}, scheduler: {}}
`;

function update(change: object, content = MANIFEST) {
  const result = updateService(content, change);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const containers = (content: string) => {
  const { spec } = parse(content);
  return {
    decode: spec.template.containers[0],
    prefill: spec.prefill.template.containers[0],
  };
};

/** Variables are added at the end of the list, where order means nothing. */
function withSortedEnvironment(content: string): unknown {
  return JSON.parse(JSON.stringify(parse(content)), (key, value) =>
    key === 'env'
      ? value.sort((a: { name: string }, b: { name: string }) =>
          a.name < b.name ? -1 : 1,
        )
      : value,
  );
}

describe('the change of a manifest that ends a cause', () => {
  it('lengthens the start-up by the number of looks, and leaves how it looks', () => {
    const { content, changes } = update({ startupBudgetSeconds: 1800 });
    const { decode, prefill } = containers(content);
    expect(content).toContain('periodSeconds: 10   # often');
    expect(decode.startupProbe).toEqual({
      httpGet: { path: '/health', port: 8001, scheme: 'HTTPS' },
      periodSeconds: 10,
      failureThreshold: 180,
    });
    expect(prefill.startupProbe).toEqual({
      periodSeconds: 30,
      failureThreshold: 60,
    });
    expect(changes).toEqual([
      { what: 'decode startup budget', before: '600 s', after: '1800 s' },
      { what: 'prefill startup budget', before: undefined, after: '1800 s' },
    ]);
    expect(update({ startupBudgetSeconds: 1800 }, content).changes).toEqual([]);
  });

  it('counts the delay of a probe into its budget', () => {
    const delayed = MANIFEST.replace(
      'periodSeconds: 10 ',
      'initialDelaySeconds: 60\n          periodSeconds: 7 ',
    );
    const { content } = update({ startupBudgetSeconds: 600 }, delayed);
    expect(containers(content).decode.startupProbe.failureThreshold).toBe(78);
  });

  it('gives the RDMA resource its right name where it stands, and asks for it where nobody did', () => {
    const { content, changes } = update({
      rdma: { resource: 'rdma/roce_gdr' },
    });
    const { decode, prefill } = containers(content);
    expect(decode.resources).toEqual({
      limits: { memory: '32Gi', 'nvidia.com/gpu': '1', 'rdma/roce_gdr': '1' },
      requests: { 'rdma/roce_gdr': '1', 'nvidia.com/gpu': '1' },
    });
    expect(content).toContain('rdma/roce_gdr: "1" # as in the limits');
    expect(prefill.resources).toEqual({
      limits: { 'nvidia.com/gpu': '1', 'rdma/roce_gdr': '1' },
      requests: { 'rdma/roce_gdr': '1' },
    });
    expect(changes).toEqual([
      {
        what: 'decode RDMA resource',
        before: '1 × rdma/hca',
        after: '1 × rdma/roce_gdr',
      },
      {
        what: 'prefill RDMA resource',
        before: undefined,
        after: '1 × rdma/roce_gdr',
      },
    ]);
    const two = update(
      { rdma: { resource: 'rdma/roce_gdr', count: 2 } },
      content,
    );
    expect(containers(two.content).decode.resources.limits).toMatchObject({
      'rdma/roce_gdr': '2',
    });
  });

  it('does not guess which of two devices is meant', () => {
    const two = MANIFEST.replace('rdma/hca: "1"}', 'rdma/hca: "1", a.b/c: 1}');
    expect(
      updateService(two, { rdma: { resource: 'rdma/roce_gdr' } }),
    ).toMatchObject({ ok: false, problems: [{ path: 'rdma.resource' }] });
  });

  it('gives each pool its role, keeping the spelling, and a pool without a connector one', () => {
    const { content, changes } = update({ kvRoles: 'producer-consumer' });
    const { decode, prefill } = containers(content);
    expect(decode.env[1].value).toBe(
      `--seed 1 --kv_transfer_config='{"kv_connector": "NixlConnector", "kv_role": "kv_consumer"}' --max-num-seqs 8`,
    );
    expect(prefill.env).toEqual([
      {
        name: 'VLLM_ADDITIONAL_ARGS',
        value: `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"kv_producer"}'`,
      },
    ]);
    expect(changes).toEqual([
      { what: 'decode KV role', before: 'kv_producer', after: 'kv_consumer' },
      {
        what: 'prefill KV role',
        before: 'no KV configuration',
        after: 'kv_producer',
      },
    ]);
  });

  it.each([
    [
      '--kv-transfer-config \'{"kv_connector":"NixlConnector"}\'',
      `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`,
    ],
    [
      '--kv-transfer-config.kv_connector NixlConnector --kv-transfer-config.kv_role kv_both',
      '--kv-transfer-config.kv_connector NixlConnector --kv-transfer-config.kv_role kv_consumer',
    ],
    [
      `--kv-transfer-config '{"kv_connector":"MultiConnector","kv_role":"kv_both","kv_connector_extra_config":{"connectors":[{"kv_connector":"NixlConnector","kv_role":"kv_producer"},{"kv_connector":"OffloadingConnector","kv_role":"kv_both"}]}}'`,
      `--kv-transfer-config '{"kv_connector":"MultiConnector","kv_role":"kv_both","kv_connector_extra_config":{"connectors":[{"kv_connector":"NixlConnector","kv_role":"kv_consumer"},{"kv_connector":"OffloadingConnector","kv_role":"kv_both"}]} }'`,
    ],
  ])('finds the role in %s', (before, after) => {
    const document = parseDocument(MANIFEST);
    const path = ['spec', 'template', 'containers', 0, 'env', 1, 'value'];
    document.setIn(path, before);
    const { content } = update(
      { kvRoles: 'producer-consumer' },
      document.toString({ lineWidth: 0 }),
    );
    expect(parseDocument(content).getIn(path)).toBe(after);
  });

  it.each([
    ['not JSON', "--kv-transfer-config '{kv_connector'"],
    [
      'nothing that moves a cache',
      `--kv-transfer-config '{"kv_connector":"OffloadingConnector"}'`,
    ],
  ])('refuses a role where there is %s', (_, value) => {
    const document = parseDocument(MANIFEST);
    document.setIn(
      ['spec', 'template', 'containers', 0, 'env', 1, 'value'],
      value,
    );
    expect(
      updateService(String(document), { kvRoles: 'producer-consumer' }),
    ).toMatchObject({ ok: false, problems: [{ path: 'kvRoles' }] });
  });

  it("refuses a role that stands in the container's args", () => {
    const inArgs = MANIFEST.replace(
      /env:[\s\S]*(?= {8}startupProbe)/,
      `args: ['--kv-transfer-config', '{"kv_connector":"NixlConnector","kv_role":"kv_both"}']\n`,
    );
    expect(
      updateService(inArgs, { kvRoles: 'producer-consumer' }),
    ).toMatchObject({ ok: false, problems: [{ path: 'kvRoles' }] });
  });

  it('lets each pod name its own address', () => {
    const { content, changes } = update({ sideChannelHost: 'pod-ip' });
    const { decode, prefill } = containers(content);
    const variable = {
      name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    };
    expect(decode.env[0]).toEqual(variable);
    expect(prefill.env).toEqual([variable]);
    expect(content).toContain('# where the other pool shakes hands');
    expect(changes).toEqual([
      {
        what: 'decode side-channel host',
        before: 'localhost',
        after: 'status.podIP',
      },
      {
        what: 'prefill side-channel host',
        before: undefined,
        after: 'status.podIP',
      },
    ]);
    expect(update({ sideChannelHost: 'pod-ip' }, content).changes).toEqual([]);
  });

  it("goes back to the image of KServe's preset", () => {
    const { content } = update({ image: 'preset' });
    expect(content).toBe(MANIFEST.replace(/ +image: example.*\n/, ''));
  });

  it('refuses what stands behind an anchor instead of writing over it', () => {
    const shared = MANIFEST.replace(
      'metadata: {name: qwen}',
      'metadata: {name: qwen}\nx-env: &env [{name: A, value: b}]',
    ).replace(/env:\n[\s\S]*(?= {8}startupProbe)/, 'env: *env\n');
    expect(updateService(shared, { sideChannelHost: 'pod-ip' })).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('by hand') }],
    });
  });

  it('mends what was broken in a generated manifest, whatever it holds', () => {
    fc.assert(
      fc.property(arbitrarySpec, spec => {
        const sound = generateManifests(spec).find(
          ({ path }) => path === 'base/llm-inference-service.yaml',
        )!.content;
        const swapped = sound
          .replace(/kv_(producer|consumer)/g, (_, role) =>
            role === 'producer' ? 'kv_x' : 'kv_producer',
          )
          .replace(/kv_x/g, 'kv_consumer');
        const broken = swapped.replace(
          / *- name: VLLM_NIXL_SIDE_CHANNEL_HOST\n.*\n.*\n.*podIP\n/g,
          '',
        );
        expect(broken).not.toContain('SIDE_CHANNEL_HOST');
        expect(lintManifests([parse(broken)])).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ id: 'side-channel-host-unset' }),
          ]),
        );
        const { content } = update(
          {
            kvRoles: 'producer-consumer',
            sideChannelHost: 'pod-ip',
            ...(spec.fabric.resource && {
              rdma: { resource: spec.fabric.resource },
            }),
          },
          broken,
        );
        expect(withSortedEnvironment(content)).toEqual(
          withSortedEnvironment(sound),
        );
        expect(content).not.toBe(broken);
      }),
      { numRuns: Math.ceil(Number(process.env.SPEC_FUZZ_RUNS ?? 2_000) / 20) },
    );
  });
});
