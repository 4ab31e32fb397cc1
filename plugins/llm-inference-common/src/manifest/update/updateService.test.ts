import * as fc from 'fast-check';
import { parse } from 'yaml';

import { arbitrarySpec } from '../__testUtils__/arbitrarySpecs';
import { generateManifests } from '../generate/generateManifests';
import { updateService } from './updateService';

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Written by hand, with everything that a serializer would tidy up. */
const MANIFEST = `# Owned by the search team.
apiVersion: serving.kserve.io/v1alpha2
kind:   LLMInferenceService   # aligned by hand
metadata:
  name: qwen
  annotations: { team: "search" }
spec:
  # two are enough for now
  replicas: 1   # decode
  model: {uri: "hf://Qwen/Qwen2.5-7B-Instruct", name: 'Qwen/Qwen2.5-7B-Instruct'}
  x-unknown:
    - &anchor { a: 1 }
    - *anchor
  template:
    containers:
      - name: sidecar
        image: example.com/sidecar
      - name: main
        env:
        - {name: VLLM_ADDITIONAL_ARGS, value: "--max-num-seqs=64 --kv_transfer_config '{\\"kv_connector\\":\\"NixlConnector\\",\\"kv_role\\":\\"kv_consumer\\"}'"}
        resources:
          limits: {cpu: '4', memory: 32Gi, nvidia.com/gpu: "1"}
          requests: {cpu: '2', memory: 16Gi, nvidia.com/gpu: "1"}

  prefill:
    replicas:   2
    template:
      containers:
        - name: main
          env:
            - name: VLLM_ADDITIONAL_ARGS
              value: >-
                --kv_transfer_config
                '{"kv_connector":"NixlConnector","kv_role":"kv_producer"}'
          # the end
  router: {route: {}, gateway: {}, scheduler: {}}
`;

function update(change: object, content = MANIFEST) {
  const result = updateService(content, change);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** Lines that differ, as a reviewer sees them. */
function diff(before: string, after: string): string[] {
  const old = before.split('\n');
  const fresh = after.split('\n');
  return [
    ...old.filter(line => !fresh.includes(line)).map(line => `-${line.trim()}`),
    ...fresh.filter(line => !old.includes(line)).map(line => `+${line.trim()}`),
  ];
}

describe('updateService', () => {
  it('changes a number and nothing else', () => {
    const { content, changes } = update({
      decode: { replicas: 3 },
      prefill: { replicas: 5 },
    });
    expect(content).toBe(
      MANIFEST.replace('replicas: 1   #', 'replicas: 3   #').replace(
        'replicas:   2',
        'replicas:   5',
      ),
    );
    expect(changes).toEqual([
      { what: 'decode replicas', before: '1', after: '3' },
      { what: 'prefill replicas', before: '2', after: '5' },
    ]);
  });

  it('changes nothing when the manifest says it already', () => {
    expect(update({ decode: { replicas: 1 }, stopped: false })).toEqual({
      content: MANIFEST,
      changes: [],
    });
  });

  it('adds an image to both pools, beside what is there', () => {
    const image = `ghcr.io/llm-d/llm-d-cuda@${DIGEST}`;
    const { content } = update({ image });
    expect(diff(MANIFEST, content)).toEqual([
      `+image: ${image}`,
      `+image: ${image}`,
    ]);
    const { spec } = parse(content);
    expect(spec.template.containers[1].image).toBe(image);
    expect(spec.prefill.template.containers[0].image).toBe(image);
    expect(spec.template.containers[0].image).toBe('example.com/sidecar');
  });

  it('changes resources inside a map on one line', () => {
    const { content } = update({
      decode: { memory: { limit: '64Gi', request: '48Gi' } },
    });
    expect(content).toBe(
      MANIFEST.replace('memory: 32Gi', 'memory: 64Gi').replace(
        'memory: 16Gi',
        'memory: 48Gi',
      ),
    );
  });

  it('changes arguments and keeps the others, quotes included', () => {
    const { content } = update({
      engine: { 'max-model-len': 8192 },
      decode: { arguments: { 'max-num-seqs': 128 } },
    });
    const { spec } = parse(content);
    expect(spec.template.containers[1].env[0].value).toBe(
      `--max-model-len 8192 --max-num-seqs=128 --kv_transfer_config '{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`,
    );
    expect(spec.prefill.template.containers[0].env[0].value).toBe(
      `--max-model-len 8192 --kv_transfer_config '{"kv_connector":"NixlConnector","kv_role":"kv_producer"}'`,
    );
    expect(content).toContain('# the end');
  });

  it('stops and starts, and a start leaves the bytes of before the stop', () => {
    const stopped = update({ stopped: true }).content;
    expect(parse(stopped).metadata.annotations).toEqual({
      team: 'search',
      'serving.kserve.io/stop': 'true',
    });
    const block = MANIFEST.replace(
      'annotations: { team: "search" }',
      'annotations:\n    team: "search" # who',
    );
    const there = update({ stopped: true }, block).content;
    expect(diff(block, there)).toEqual(['+serving.kserve.io/stop: "true"']);
    expect(update({ stopped: false }, there).content).toBe(block);
  });

  it('keeps the line ends of a file from Windows', () => {
    const windows = MANIFEST.replace(/\n/g, '\r\n');
    const { content } = update(
      { decode: { replicas: 4 }, image: `a.example/b@${DIGEST}` },
      windows,
    );
    expect(content.replace(/\r\n/g, '')).not.toContain('\n');
    expect(parse(content).spec.replicas).toBe(4);
  });

  it.each([
    [{ decode: { replicas: 0 } }, 'decode.replicas'],
    [{ image: 'ghcr.io/llm-d/llm-d-cuda:latest' }, 'image'],
    [{ decode: { arguments: { port: 1 } } }, 'decode.arguments.port'],
    [{ engine: { dtype: 'auto; rm -rf /' } }, 'engine.dtype'],
    [{ labels: { a: 'b' } }, 'labels'],
    [{ decode: { parallelism: { tensor: 2 } } }, 'decode.parallelism'],
    [{ unknown: 1 }, ''],
  ])('refuses %j', (change, path) => {
    const result = updateService(MANIFEST, change);
    expect(result).toMatchObject({ ok: false, problems: [{ path }] });
  });

  it('refuses a fixed number for a pool that is scaled by load', () => {
    const scaled = MANIFEST.replace(
      'replicas: 1   # decode',
      'scaling: { maxReplicas: 3 }',
    );
    expect(updateService(scaled, { decode: { replicas: 2 } })).toMatchObject({
      ok: false,
      problems: [{ path: 'decode.replicas' }],
    });
  });

  it('says why prefill cannot be added, and what to do instead', () => {
    const alone = MANIFEST.replace(/ {2}prefill:[\s\S]*(?= {2}router)/, '');
    expect(updateService(alone, { prefill: { replicas: 2 } })).toMatchObject({
      ok: false,
      problems: [
        {
          path: 'prefill',
          message: expect.stringMatching(/immutable[\s\S]*second service/),
        },
      ],
    });
  });

  it('says so when a file is not YAML, or holds no service', () => {
    expect(updateService('a: [', { stopped: true })).toMatchObject({
      ok: false,
    });
    expect(updateService('a: 1', { stopped: true })).toMatchObject({
      ok: false,
      problems: [{ message: 'the file holds no LLMInferenceService' }],
    });
  });

  it('touches only the changed lines of generated manifests, whatever they hold', () => {
    fc.assert(
      fc.property(arbitrarySpec, fc.integer({ min: 1, max: 99 }), (spec, n) => {
        const before = generateManifests(spec).find(
          ({ path }) => path === 'base/llm-inference-service.yaml',
        )!.content;
        const pool = spec.prefill.scaling ? {} : { prefill: { replicas: n } };
        const { content } = update({ ...pool, stopped: !spec.stopped }, before);
        const object = parse(content);
        expect(object.metadata.annotations['serving.kserve.io/stop']).toBe(
          spec.stopped ? undefined : 'true',
        );
        const changed = diff(before, content);
        expect(changed.length).toBeLessThanOrEqual(3);
        expect(
          update({ stopped: Boolean(spec.stopped) }, content).content,
        ).toBe(update(pool, before).content);
      }),
      // Each run edits a whole folder four times: a twentieth of the specs is as long as all of them elsewhere.
      { numRuns: Math.ceil(Number(process.env.SPEC_FUZZ_RUNS ?? 2_000) / 20) },
    );
  });
});
