import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClusterStore } from '../../cluster/createClusterStore';
import { createKubernetesApi, KubernetesApi } from '../createKubernetesApi';
import { hasKubectl, Kubectl } from '../testing/kubectl';
import { PD_SERVICE } from '../testing/pdService';
import { describeIf } from '../testing/skipping';

const samples = process.env.KSERVE_SAMPLES_DIR;

const DEPLOYMENT = (image: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: "${image}" }] }
`;

describeIf(hasKubectl(), 'kubectl is not on the PATH')('kubectl', () => {
  const store = createClusterStore('kubectl');
  let api: KubernetesApi;
  let kubectl: Kubectl;

  beforeAll(async () => {
    api = await createKubernetesApi({
      stores: [store],
      logs: {
        kubectl: {
          read: ({ container }) => [
            {
              at: new Date('2026-01-01T00:00:00Z'),
              text: `first of ${container}`,
            },
            { at: new Date('2026-01-01T00:00:01Z'), text: 'second' },
          ],
          follow: () => () => {},
        },
      },
    });
    kubectl = new Kubectl(api.clusters[0].kubeconfig());
  });

  afterAll(async () => {
    kubectl.dispose();
    await api.close();
  });

  /** Output of a command that must succeed. */
  async function output(command: string, stdin?: string): Promise<string> {
    const { code, stdout, stderr } = await kubectl.run(
      command.split(' '),
      stdin,
    );
    if (code !== 0) {
      throw new Error(`kubectl ${command}: ${stderr}`);
    }
    return stdout.trim();
  }

  it('applies, sees no change, and applies a change', async () => {
    expect(await output('apply -f -', DEPLOYMENT('web:1'))).toBe(
      'namespace/shop created\ndeployment.apps/web created',
    );
    expect(await output('apply -f -', DEPLOYMENT('web:1'))).toBe(
      'namespace/shop unchanged\ndeployment.apps/web unchanged',
    );
    expect(await output('apply -f -', DEPLOYMENT('web:2'))).toContain(
      'deployment.apps/web configured',
    );
    expect(
      await output(
        'get deploy web -n shop -o jsonpath={.spec.template.spec.containers[0].image}/{.metadata.generation}',
      ),
    ).toBe('web:2/2');
  });

  it('scales, and meets the conflict of a server-side apply', async () => {
    await output('scale deploy web -n shop --replicas 5');
    const refused = await kubectl.run(
      ['apply', '--server-side', '-f', '-'],
      DEPLOYMENT('web:2'),
    );
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl"',
    );
    expect(refused.stderr).toContain('.spec.replicas');
    await output(
      'apply --server-side --force-conflicts -f -',
      DEPLOYMENT('web:2'),
    );
    expect(
      await output('get deploy web -n shop -o jsonpath={.spec.replicas}'),
    ).toBe('2');
  });

  it('prints deployments and events in their columns', async () => {
    const uid = store.get('deployments.apps', 'web', 'shop')?.metadata.uid;
    store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'web.1', namespace: 'shop' },
      involvedObject: {
        kind: 'Deployment',
        name: 'web',
        namespace: 'shop',
        uid,
      },
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: 'Scaled up',
      lastTimestamp: new Date().toISOString(),
    });
    expect(await output('get deploy -n shop')).toMatch(
      /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +0\/2 +0 +0 +\d+s$/,
    );
    expect(await output('get events -n shop')).toMatch(
      /^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\d+s +Normal +ScalingReplicaSet +deployment\/web +Scaled up$/,
    );
    expect(await output('describe deploy web -n shop')).toMatch(
      /ScalingReplicaSet.*Scaled up/,
    );
  });

  it('applies, prints, describes, patches and deletes a prefill/decode service', async () => {
    expect(await output('apply -n shop -f -', PD_SERVICE)).toBe(
      'llminferenceservice.serving.kserve.io/small-pd created',
    );
    expect(await output('apply -n shop -f -', PD_SERVICE)).toContain(
      'unchanged',
    );
    await output(
      'patch llmisvc small-pd -n shop --subresource status --type merge -p {"status":{"url":"http://small","conditions":[{"type":"Ready","status":"False","reason":"Waiting"}]}}',
    );
    expect(await output('get llmisvc -n shop')).toMatch(
      /^NAME +URL +READY +REASON +AGE\nsmall-pd +http:\/\/small +False +Waiting +\d+s$/,
    );
    expect(await output('describe llmisvc small-pd -n shop')).toContain(
      'hf://example/small',
    );
    await output(
      'patch llmisvc small-pd -n shop --type merge -p {"spec":{"prefill":{"replicas":3}}}',
    );
    expect(
      await output(
        'get llmisvc small-pd -n shop -o jsonpath={.spec.prefill.replicas}/{.metadata.generation}',
      ),
    ).toBe('3/2');
    expect(await output('delete llmisvc small-pd -n shop')).toContain(
      'deleted',
    );
  });

  it('shows pods and reads their logs', async () => {
    store.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-1', namespace: 'shop' },
      spec: {
        nodeName: 'node-1',
        containers: [{ name: 'main', image: 'web:1' }],
        initContainers: [
          { name: 'side', image: 'side:1', restartPolicy: 'Always' },
        ],
      },
      status: {
        phase: 'Running',
        podIP: '10.0.0.1',
        conditions: [{ type: 'Initialized', status: 'True' }],
        initContainerStatuses: [
          {
            name: 'side',
            ready: true,
            started: true,
            restartCount: 0,
            state: { running: {} },
          },
        ],
        containerStatuses: [
          {
            name: 'main',
            ready: false,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
          },
        ],
      },
    });
    expect(await output('get pods -n shop')).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nweb-1 +1\/2 +CrashLoopBackOff +3 +\d+s$/,
    );
    expect(await output('get pods -n shop -o wide')).toMatch(
      /10\.0\.0\.1 +node-1/,
    );
    expect(await output('logs web-1 -n shop -c main --tail 1')).toBe('second');
    expect(await output('logs web-1 -n shop -c side --timestamps')).toContain(
      '2026-01-01T00:00:00.000000000Z first of side',
    );
    expect(
      await output('get pods -A --field-selector spec.nodeName=node-1 -o name'),
    ).toBe('pod/web-1');
  });

  it('creates from the command line', async () => {
    await output('create configmap settings -n shop --from-literal=a=b');
    expect(
      await output('get configmap settings -n shop -o jsonpath={.data.a}'),
    ).toBe('b');
    await output('create serviceaccount reader -n shop');
    await output('create role reader -n shop --verb=get,list --resource=pods');
    await output(
      'create rolebinding reader -n shop --role=reader --serviceaccount=shop:reader',
    );
    expect(await output('create token reader -n shop')).toMatch(/^\S{20,}$/);
    expect(await output('auth can-i list pods')).toBe('yes');
    await output('create deployment made -n shop --image=made:1 --port=80');
    expect(
      await output(
        'get deploy made -n shop -o jsonpath={.spec.replicas}/{.spec.template.spec.containers[0].ports[0].containerPort}',
      ),
    ).toBe('1/80');
    await output('create service clusterip made -n shop --tcp=80:http');
    expect(
      await output(
        'get service made -n shop -o jsonpath={.spec.ports[0].port}/{.spec.ports[0].targetPort}',
      ),
    ).toBe('80/http');
    expect(await output('get service made -n shop')).toMatch(
      /made +ClusterIP +10\.\d+\.\d+\.\d+ +<none> +80\/TCP/,
    );
  });

  it('knows the resources and versions', async () => {
    expect(await output('api-resources')).toMatch(
      /llminferenceservices +llmisvc +serving\.kserve\.io\/v1alpha2 +true +LLMInferenceService/,
    );
    expect(await output('api-versions')).toContain(
      'serving.kserve.io/v1alpha1',
    );
    expect(await output('version')).toContain('Server Version: v1.32');
  });

  it('deletes a namespace with all that is in it', async () => {
    await output('delete pods --all -n shop --grace-period=0 --force');
    await output('delete namespace shop');
    expect(await output('get deploy,configmap,pods -A -o name')).toBe('');
  });

  describeIf(
    samples !== undefined,
    'KSERVE_SAMPLES_DIR is not set: the upstream samples are not applied',
  )('with the upstream samples', () => {
    it('applies each of them', async () => {
      for (const file of readdirSync(samples ?? '')) {
        const applied = await output(`apply -f ${join(samples ?? '', file)}`);
        expect(applied).toMatch(/llminferenceservice.*created/);
      }
    });
  });
});
