import { stringify } from 'yaml';
import type { Finding } from './Finding';
import { joinPath, splitPath } from './jsonPath';
import { lintManifests } from './lintManifests';
import { locateFindings } from './locateFindings';

const YAML = `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata:
  name: qwen
  annotations:
    a.b/c: x
spec:
  replicas: 1
  template:
    containers:
      - name: main
        args:
          - |
            first
            second
        env:
          - name: UCX_TLS
            value: all
`;

function linesOf(path: string): [number, number] {
  const finding: Finding = {
    id: 'ucx-transports-misconfigured',
    level: 'warning',
    object: 'LLMInferenceService/qwen',
    path,
    message: '',
    fix: '',
  };
  const [{ line, endLine }] = locateFindings(YAML, [finding]);
  return [line, endLine];
}

describe('the lines of findings', () => {
  it.each<[string, number, number]>([
    ['spec.replicas', 8, 8],
    ['metadata.annotations["a.b/c"]', 6, 6],
    ['spec.template.containers[0].env[0].value', 18, 18],
    ['spec.template.containers[0].env[0]', 17, 18],
    ['spec.template.containers[0].args[0]', 13, 15],
    ['spec.template', 9, 18],
    ['spec', 7, 18],
  ])('are those of the field: %s', (path, line, endLine) => {
    expect(linesOf(path)).toEqual([line, endLine]);
  });

  it.each<[string, number]>([
    ['spec.prefill.replicas', 7],
    ['spec.template.containers[0].resources.limits', 11],
    ['spec.template.containers[3].name', 10],
    ['elsewhere', 1],
    ['', 1],
    [']] no path', 1],
  ])('are where a missing field would stand: %s', (path, line) => {
    expect(linesOf(path)).toEqual([line, line]);
  });

  it('stay inside the text whatever it is', () => {
    for (const text of ['', '\n', 'a: [', ': : :', '- a\n- b\n']) {
      const [located] = locateFindings(text, [
        {
          id: 'ucx-transports-misconfigured',
          level: 'info',
          object: '',
          path: 'a.b[0]',
          message: '',
          fix: '',
        },
      ]);
      expect(located.line).toBeGreaterThanOrEqual(1);
      expect(located.endLine).toBeGreaterThanOrEqual(located.line);
      expect(located.endLine).toBeLessThanOrEqual(
        Math.max(1, text.trimEnd().split('\n').length),
      );
    }
  });

  it('are found for what the lints report', () => {
    const object = {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: { name: 'qwen', namespace: 'llm' },
      spec: {
        model: { uri: 'hf://Qwen/Qwen2.5-7B-Instruct', name: 'qwen' },
        prefill: { replicas: 1 },
        template: {
          containers: [
            { name: 'main', env: [{ name: 'HF_TOKEN', value: 'hf_x' }] },
          ],
        },
      },
    };
    const yaml = stringify(object);
    const findings = locateFindings(yaml, lintManifests([object]));
    expect(findings.length).toBeGreaterThan(0);
    const lines = yaml.split('\n');
    for (const { path, line } of findings) {
      const fields = splitPath(path).filter(step => typeof step === 'string');
      // Either the field's own line, or the line of a field on the way to it.
      expect(
        fields.some(field => lines[line - 1].includes(`${field}:`)) ||
          /^\s*- /.test(lines[line - 1]),
      ).toBe(true);
    }
  });
});

describe('a path', () => {
  it('comes apart as it was joined', () => {
    const steps = ['spec', 'a.b/c', 0, 'x"y', 12, 'kv-role', '$ref'];
    expect(splitPath(joinPath('', ...steps))).toEqual(steps);
  });
});
