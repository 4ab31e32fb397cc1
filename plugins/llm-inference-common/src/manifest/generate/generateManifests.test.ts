import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

import { PROFILES, REQUEST } from '../__testUtils__/profiles';
import { parseProfiles } from '../profile/parseProfiles';
import { planPdService } from '../profile/planPdService';
import { generateManifests } from './generateManifests';

const profiles = parseProfiles(PROFILES);

function plan(request: object) {
  const name = (request as { profile: string }).profile;
  const spec = planPdService(
    request,
    profiles.find(profile => profile.name === name)!,
  );
  if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
  return spec.value;
}

function filesOf(request: object): Record<string, string> {
  return Object.fromEntries(
    generateManifests(plan(request)).map(({ path, content }) => [
      path,
      content,
    ]),
  );
}

describe('generateManifests', () => {
  it('says why the pools are kept apart: for RDMA only where there is RDMA', () => {
    const service = (profile: string) =>
      filesOf({
        ...REQUEST,
        model: { uri: 'hf://Qwen/Qwen2.5-0.5B-Instruct' },
        profile,
      })['base/llm-inference-service.yaml'];
    expect(service('h100-roce')).toContain(
      'between pods of one node RDMA is not used',
    );
    expect(service('cpu-trial')).toContain('do not compete');
    expect(service('cpu-trial')).not.toContain('RDMA is not used');
  });

  it('opens every port between the pools where the cache moves over TCP, and only there', () => {
    const ways = (profile: string) => {
      const text = filesOf({
        ...REQUEST,
        model: { uri: 'hf://Qwen/Qwen2.5-0.5B-Instruct' },
        profile,
      })['base/network-policy.yaml'];
      return { text, ports: parse(text).spec.ingress[0].ports };
    };
    expect(ways('cpu-trial').ports).toBeUndefined();
    expect(ways('cpu-trial').text).toContain('moves over TCP');
    expect(ways('h100-roce').ports).toHaveLength(3);
    expect(ways('h100-roce').text).toContain('moves over RDMA');
  });

  it('alerts on every threshold, and also where no connector was ever loaded', () => {
    const [rule] =
      generateManifests(plan(REQUEST), {
        layout: 'own',
        monitoring: {
          namespace: 'monitoring',
          labels: {},
          schedulerTokenSecret: 'reader',
        },
      }).find(({ path }) => path === 'base/prometheus-rule.yaml')?.objects ??
      [];
    const { rules } = (
      rule.spec as {
        groups: Array<{ rules: Array<{ alert: string; expr: string }> }>;
      }
    ).groups[0];
    for (const metric of [
      'request_error_total',
      'ready_endpoints',
      'ttft_seconds_bucket',
      'kv_cache_usage_perc',
      'num_requests_waiting',
      'request_prefill_time_seconds_sum',
      'num_requests_running',
      'num_preemptions_total',
      'prefix_cache_hits_total',
      'restarts_total',
      'phase="Pending"',
      'nixl_num_failed_transfers_total',
      'nixl_bytes_transferred_sum',
    ]) {
      expect(rules.map(({ expr }) => expr).join('\n')).toContain(metric);
    }
    // A connector that is not loaded has no series, and arithmetic with no series never fires.
    const silent = rules.find(
      ({ alert }) => alert === 'LlmServiceCacheNotTransferred',
    );
    expect(silent?.expr).toContain('or 0 * sum(vllm:num_requests_running{');
    for (const { expr } of rules) {
      expect(expr.split('(')).toHaveLength(expr.split(')').length);
    }
  });

  it('says what the upstream example means, without its defects', () => {
    const files = filesOf(REQUEST);
    const service = parse(files['base/llm-inference-service.yaml']);

    expect(service.metadata).toEqual({
      name: 'qwen2-7b-instruct-pd',
      namespace: 'llm-demo',
      annotations: {
        'backstage.io/entity-ref': 'component:default/qwen2-7b-instruct-pd',
        'k8s.v1.cni.cncf.io/networks': 'roce-p2',
      },
    });
    expect(service.spec.replicas).toBe(1);
    expect(service.spec.prefill.replicas).toBe(2);
    expect(service.spec.router).toEqual({
      route: {},
      gateway: {},
      scheduler: {},
    });
    const roles = { template: 'kv_consumer', prefill: 'kv_producer' };
    for (const [pool, template, other] of [
      ['template', service.spec.template, 'workload-prefill'],
      ['prefill', service.spec.prefill.template, 'workload'],
    ] as const) {
      const [main] = template.containers;
      expect(main.name).toBe('main');
      expect(main.resources).toEqual({
        limits: {
          cpu: '4',
          memory: '32Gi',
          'nvidia.com/gpu': '1',
          'rdma/roce_gdr': '1',
        },
        requests: {
          cpu: '2',
          memory: '16Gi',
          'nvidia.com/gpu': '1',
          'rdma/roce_gdr': '1',
        },
      });
      expect(main.env).toEqual([
        { name: 'KSERVE_INFER_ROCE', value: 'true' },
        {
          name: 'VLLM_NIXL_SIDE_CHANNEL_HOST',
          valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
        },
        {
          name: 'VLLM_ADDITIONAL_ARGS',
          value: `--kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"${roles[pool]}"}'`,
        },
        { name: 'UCX_TLS', value: 'rc,sm,self,cuda_copy,cuda_ipc' },
        { name: 'UCX_PROTO_INFO', value: 'y' },
      ]);
      const [{ podAffinityTerm }] =
        template.affinity.podAntiAffinity
          .preferredDuringSchedulingIgnoredDuringExecution;
      expect(podAffinityTerm.labelSelector.matchExpressions[0].values).toEqual([
        `llminferenceservice-${other}`,
      ]);
      expect(main).not.toHaveProperty('livenessProbe');
    }
    // YAML 1.1 readers take a bare y for a boolean.
    expect(files['base/llm-inference-service.yaml']).toContain('value: "y"');
  });

  it('writes entities that name the service, as the portal binds them', () => {
    const files = filesOf(REQUEST);
    const [component, api, model] = parseAllDocuments(
      files['catalog-info.yaml'],
    ).map(document => document.toJS());

    expect(component).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'qwen2-7b-instruct-pd',
        annotations: {
          'serving.kserve.io/llm-inference-service':
            'llm-demo/qwen2-7b-instruct-pd',
          'backstage.io/kubernetes-cluster': 'gpu-east',
          'backstage.io/kubernetes-namespace': 'llm-demo',
          'backstage.io/kubernetes-label-selector':
            'app.kubernetes.io/part-of=llminferenceservice,app.kubernetes.io/name=qwen2-7b-instruct-pd',
        },
      },
      spec: {
        type: 'model-server',
        owner: 'group:default/ml-platform',
        providesApis: ['qwen2-7b-instruct-pd'],
        dependsOn: ['resource:default/qwen2-7b-instruct-pd-model'],
      },
    });
    expect(api).toMatchObject({ kind: 'API', spec: { type: 'openapi' } });
    expect(parse(api.spec.definition).paths).toHaveProperty([
      '/v1/chat/completions',
    ]);
    expect(model).toMatchObject({
      kind: 'Resource',
      spec: { type: 'ai-model' },
    });
  });

  it('says TCP aloud on the profile without RDMA', () => {
    const files = filesOf({
      ...REQUEST,
      profile: 'cpu-trial',
      model: { uri: 'hf://facebook/opt-125m' },
      prefill: { replicas: 1 },
    });
    const service = parse(files['base/llm-inference-service.yaml']);
    const [main] = service.spec.prefill.template.containers;

    expect(main.resources.limits).toEqual({ cpu: '2', memory: '16Gi' });
    expect(main.env).toContainEqual({ name: 'UCX_TLS', value: 'tcp,sm,self' });
    expect(files['base/llm-inference-service.yaml']).toContain(
      '# TCP: this profile has no RDMA',
    );
  });

  describe.each([
    ['github', '.github/workflows/validate.yaml', '* @platform/ml-platform'],
    ['gitlab', '.gitlab-ci.yml', '* @ml-platform'],
  ] as const)('in a repository of its own at %s', (provider, check, owner) => {
    const files = Object.fromEntries(
      generateManifests(plan(REQUEST), {
        layout: 'own',
        repository: {
          provider,
          host: 'git.example.com',
          owner: 'platform',
          name: 'qwen',
          branch: 'main',
          path: 'services',
        },
      }).map(({ path, content }) => [path, content]),
    );

    it('writes who reviews, and a check of every change', () => {
      expect(files.CODEOWNERS).toContain(owner);
      expect(Object.keys(files).filter(path => /^\.git/.test(path))).toEqual([
        check,
      ]);
      expect(parse(files[check])).toEqual(expect.any(Object));
    });

    it('the check builds every overlay, and fails with a broken one', () => {
      const folder = mkdtempSync(join(tmpdir(), 'check-'));
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const parsed = parse(files[check]);
      const script: string =
        parsed.jobs?.validate.steps.at(-1).run ??
        parsed['validate manifests'].script[0];
      const run = (outcome: string) =>
        execFileSync(
          '/bin/sh',
          [
            '-c',
            script.replace(/kubectl kustomize|\/app\/kustomize build/, outcome),
          ],
          { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
        );
      expect(run('ls').trim().split('\n')).toEqual(['overlays/gpu-east/']);
      expect(() => run('false')).toThrow();
    });
  });

  it('leaves reviews and checks of a shared repository to those who own it', () => {
    const paths = generateManifests(plan(REQUEST), {
      layout: 'shared',
      repository: profiles[0].repository,
    }).map(({ path }) => path);
    expect(paths).not.toContain('CODEOWNERS');
    expect(paths.filter(path => /^\.git/.test(path))).toEqual([]);
  });

  it('is deterministic', () => {
    expect(generateManifests(plan(REQUEST))).toEqual(
      generateManifests(plan(JSON.parse(JSON.stringify(REQUEST)))),
    );
  });
});

const kubectl = hasKubectl();
(kubectl ? describe : describe.skip)(
  `kubectl kustomize${kubectl ? '' : ' (skipped: kubectl is not installed)'}`,
  () => {
    it('builds every overlay', () => {
      const folder = mkdtempSync(join(tmpdir(), 'overlays-'));
      const spec = plan({
        ...REQUEST,
        otherClusters: [{ cluster: 'gpu-west', prefillReplicas: 4 }],
      });
      for (const { path, content } of generateManifests(spec)) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const built = (cluster: string) =>
        parseAllDocuments(
          execFileSync(
            'kubectl',
            ['kustomize', join(folder, 'overlays', cluster)],
            { encoding: 'utf8' },
          ),
        )
          .map(document => document.toJS())
          .find(({ kind }) => kind === 'LLMInferenceService');

      expect(built('gpu-east').spec.prefill.replicas).toBe(2);
      expect(built('gpu-west').spec.prefill.replicas).toBe(4);
      expect(built('gpu-west').metadata.namespace).toBe('llm-demo');
    });
  },
);

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client']);
    return true;
  } catch {
    return false;
  }
}
