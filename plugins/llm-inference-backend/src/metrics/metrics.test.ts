import { createServiceFactory } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import type { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { llmService, pod } from '../__testUtils__/objects';
import { startPortal } from '../__testUtils__/startPortal';

describe('metrics', () => {
  it('tell states, verdicts and sizes, and name no user and no service', async () => {
    const cluster = await FakeKubernetes.start();
    cluster.put(llmService('qwen'), pod('qwen', 'decode', 0));
    cluster.notServed.add('LeaderWorkerSet');
    const callbacks = new Map<string, MetricsServiceObservableCallback>();
    const metrics = metricsServiceMock.mock({
      createObservableGauge: name => ({
        addCallback: (callback: MetricsServiceObservableCallback) => {
          callbacks.set(name, callback);
        },
        removeCallback: () => undefined,
      }),
      createHistogram: () => ({ record: () => undefined }),
    });
    const portal = await startPortal({
      clusters: { 'gpu-east': cluster },
      features: [
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => metrics,
        }),
      ],
    });
    const observe = (name: string) => {
      const observed: unknown[] = [];
      void callbacks.get(name)?.({
        observe: (value, attributes) => observed.push([value, attributes]),
      });
      return observed;
    };
    await eventually(
      () => observe('llm_inference.objects'),
      observed =>
        JSON.stringify(observed).includes(
          '[1,{"cluster":"gpu-east","resource":"pods"}]',
        ),
    );
    await eventually(
      () => observe('llm_inference.source.state'),
      observed =>
        JSON.stringify(observed).includes(
          '[1,{"cluster":"gpu-east","resource":"leaderworkersets","state":"NotServed"}]',
        ),
    );
    await eventually(
      () => observe('llm_inference.services') as Array<[number, unknown]>,
      verdicts => verdicts.reduce((sum, [count]) => sum + count, 0) === 1,
    );
    expect(observe('llm_inference.streams')).toEqual([[0, undefined]]);
    const everything = [...callbacks.keys()].flatMap(observe);
    expect(JSON.stringify(everything)).not.toMatch(/qwen|user:/);
    await portal.stop();
    await cluster.stop();
  });
});
