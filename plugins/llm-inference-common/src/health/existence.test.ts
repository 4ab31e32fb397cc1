import { assess } from './__testUtils__/assess';
import { assessService } from './assessService';
import { crashes } from './__testUtils__/podFaults';
import { ServiceBuilder } from './__testUtils__/ServiceBuilder';
import { type Fixture, NAME } from './__testUtils__/fixtureBasics';

describe('existence', () => {
  const observe = (change: (o: Fixture) => void) => {
    const observation = new ServiceBuilder().observe();
    change(observation);
    return assessService(observation).verdict;
  };

  it('tells absent from unread', () => {
    expect(
      observe(o => {
        o.objects = [];
      }),
    ).toBe('Missing');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { llminferenceservices: 'NotServed' };
      }),
    ).toBe('Missing');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { llminferenceservices: 'Forbidden' };
      }),
    ).toBe('Unknown');
    expect(
      observe(o => {
        o.objects = [];
        o.access = { cluster: 'Unreachable' };
      }),
    ).toBe('Unknown');
    expect(
      observe(o => {
        delete o.objects;
      }),
    ).toBe('Unknown');
  });

  it('says that requests may bypass a scheduler that is down, unless the gateway stops them', () => {
    const summaryOf = (failureMode: string) =>
      assess(s => {
        s.inferencePool.spec.endpointPickerRef.failureMode = failureMode;
        const other = structuredClone(s.inferencePool);
        other.metadata.name = 'other-inference-pool';
        other.metadata.ownerReferences[0].name = 'other';
        other.spec.endpointPickerRef.failureMode = 'FailOpen';
        s.more.push(other);
        crashes(s.pod('scheduler'), {
          message: "plugin type 'pd-profile' is not registered",
        });
      }).summary;
    expect(summaryOf('FailOpen')).toMatch(/requests may bypass routing/);
    expect(summaryOf('FailClose')).not.toMatch(/bypass/);
  });

  it('begins its summary with a capital letter, but leaves names of fields alone', () => {
    const stopped = assess(s => {
      s.resource.metadata.annotations['serving.kserve.io/stop'] = 'true';
    });
    expect(stopped.summary).toMatch(/^Stopped by the annotation/);
    const misconfigured = assess(s => s.setEnv('decode', 'UCX_TLS', 'self'));
    expect(misconfigured.summary).toMatch(/^UCX_TLS=self /);
  });

  it('says which service is missing', () => {
    const observation = { ...new ServiceBuilder().observe(), objects: [] };
    expect(assessService(observation).summary).toBe(
      `No LLMInferenceService ${NAME} exists in namespace llm`,
    );
  });
});
