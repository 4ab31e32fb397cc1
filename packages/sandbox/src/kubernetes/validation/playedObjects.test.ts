import { createClusterStore } from '../../cluster/createClusterStore';
import { KubeObject } from '../../cluster/ClusterStore';
import { ResourceKind } from '../../cluster/kinds';
import { SandboxClock } from '../../kserve/clock/SandboxClock';
import { Player } from '../../kserve/Player';
import { CLUSTERS, ClusterName } from '../../seed/clusters';
import { historyStart, seedCluster } from '../../seed/seedCluster';
import { llmInferenceServiceWebhook } from '../admission/kserve/llmInferenceServiceWebhook';
import { describeIf } from '../testing/skipping';
import { builtInErrors } from './builtInRules';
import { loadCrdSchemas } from './loadCrdSchemas';
import { metadataErrors } from './objectNames';
import { validateObject } from './validateObject';

const directory = process.env.KSERVE_CRDS_DIR;

describeIf(
  directory !== undefined,
  'KSERVE_CRDS_DIR is not set: what the sandbox plays is not held against the real schemas',
)('everything that the sandbox plays passes the real schemas', () => {
  const schemas = loadCrdSchemas(directory ?? '.');

  function wrongWith(kind: ResourceKind, object: KubeObject): string[] {
    const schema = kind.custom
      ? schemas.find(kind, kind.versions[0])
      : undefined;
    const result = schema && validateObject(schema, object);
    return [
      ...metadataErrors(kind, object.metadata),
      ...(result?.errors ?? builtInErrors(kind, object)),
      ...(kind.resource === llmInferenceServiceWebhook.resource
        ? llmInferenceServiceWebhook.validate(object)
        : []),
      ...(result?.unknownFields ?? []).map(field => ({
        field,
        message: 'unknown field',
      })),
    ].map(
      ({ field, message }) =>
        `${kind.kind} ${object.metadata.name}: ${field}: ${message}`,
    );
  }

  it.each(Object.keys(CLUSTERS) as ClusterName[])('in %s', name => {
    const now = new Date();
    const clock = new SandboxClock({ startAt: historyStart(now) });
    const player = new Player(createClusterStore(name, { clock }), clock);
    seedCluster(name, player, now);
    const { store } = player.context;
    player.stop();
    const services = store.list('llminferenceservices.serving.kserve.io');
    expect(services.length).toBeGreaterThan(0);
    expect(
      store.kinds.flatMap(kind =>
        store.list(kind.resource).flatMap(object => wrongWith(kind, object)),
      ),
    ).toEqual([]);
  });
});
