import { parse } from 'yaml';
import { KubeObject } from '../../cluster/ClusterStore';
import { isRecord, JsonRecord } from '../../cluster/json';
import { PD_SERVICE } from '../testing/pdService';
import { describeIf } from '../testing/skipping';
import { evaluateRule } from './cel/evaluateRule';
import { loadCrdSchemas } from './loadCrdSchemas';
import { SchemaStore, VersionSchema } from './SchemaStore';
import { validateObject } from './validateObject';

const directory = process.env.KSERVE_CRDS_DIR;

const KINDS = [
  ['serving.kserve.io', 'llminferenceservices', 'v1alpha2'],
  ['serving.kserve.io', 'llminferenceservices', 'v1alpha1'],
  ['serving.kserve.io', 'llminferenceserviceconfigs', 'v1alpha2'],
  ['gateway.networking.k8s.io', 'gateways', 'v1'],
  ['gateway.networking.k8s.io', 'gatewayclasses', 'v1'],
  ['gateway.networking.k8s.io', 'httproutes', 'v1'],
  ['inference.networking.k8s.io', 'inferencepools', 'v1'],
  ['inference.networking.x-k8s.io', 'inferencepools', 'v1alpha2'],
  ['leaderworkerset.x-k8s.io', 'leaderworkersets', 'v1'],
] as const;

function rulesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) {
    return schema.flatMap(rulesIn);
  }
  if (!isRecord(schema)) {
    return [];
  }
  const own = schema['x-kubernetes-validations'];
  return [
    ...(Array.isArray(own)
      ? own.map((rule: JsonRecord) => String(rule.rule))
      : []),
    ...Object.values(schema).flatMap(rulesIn),
  ];
}

describeIf(
  directory !== undefined,
  'KSERVE_CRDS_DIR is not set: nothing is checked against the real schemas (scripts/fetch-kserve-crds.mjs fetches them)',
)('the real schemas', () => {
  let schemas: SchemaStore;
  const find = (group: string, plural: string, version: string) => {
    const schema = schemas.find({ group, plural }, version);
    if (!schema) {
      throw new Error(`${plural}.${group}/${version} is not in ${directory}`);
    }
    return schema;
  };

  beforeAll(() => {
    schemas = loadCrdSchemas(directory ?? '');
  });

  it.each(KINDS)('%s %s %s: every rule compiles', (group, plural, version) => {
    const rules = new Set(rulesIn(find(group, plural, version).schema));
    for (const rule of rules) {
      // Over null most rules fail, but none throws: that only happens to what does not compile.
      expect(() => evaluateRule(rule, null)).not.toThrow();
    }
  });

  it('are undefined for versions that do not exist', () => {
    expect(
      schemas.find(
        { group: 'serving.kserve.io', plural: 'llminferenceservices' },
        'v9',
      ),
    ).toBeUndefined();
  });

  describe('of an LLMInferenceService', () => {
    let schema: VersionSchema;
    const service = (change: (spec: JsonRecord) => void = () => {}) => {
      const object = parse(PD_SERVICE) as KubeObject & { spec: JsonRecord };
      change(object.spec);
      return validateObject(schema, object);
    };

    beforeAll(() => {
      schema = find('serving.kserve.io', 'llminferenceservices', 'v1alpha2');
    });

    it('take a prefill/decode service', () => {
      const { errors, unknownFields } = service();
      expect(errors).toEqual([]);
      expect(unknownFields).toEqual([]);
    });

    it('know no template within the template', () => {
      const { unknownFields } = service(spec => {
        spec.template = { spec: spec.template };
      });
      expect(unknownFields).toEqual(['spec.template.spec']);
    });

    it('refuse replicas beside scaling, in both pools', () => {
      const scaling = {
        minReplicas: 3,
        maxReplicas: 2,
        wva: { hpa: {} },
      };
      const { errors } = service(spec => {
        spec.scaling = scaling;
        spec.prefill = { ...(spec.prefill as JsonRecord), scaling };
      });
      expect(errors.map(({ field, message }) => `${field} ${message}`)).toEqual(
        expect.arrayContaining([
          'spec Invalid value: "object": replicas and scaling are mutually exclusive; use scaling for autoscaled deployments or replicas for static deployments',
          'spec.prefill Invalid value: "object": replicas and scaling are mutually exclusive; use scaling for autoscaled deployments or replicas for static deployments',
          'spec.scaling Invalid value: "object": minReplicas cannot exceed maxReplicas',
        ]),
      );
    });

    it('want a model with a uri', () => {
      const { errors } = service(spec => {
        spec.model = { name: 'x' };
      });
      expect(errors[0]).toMatchObject({
        field: 'spec.model.uri',
        message: 'Required value',
      });
    });
  });
});
