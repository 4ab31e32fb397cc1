import {
  NETWORKS_ANNOTATION,
  parseNetworksAnnotation,
} from '../../resource/networkAttachments';
import { asRecord, asText } from '../../resource/unknown';
import { joinPath } from '../jsonPath';
import type { Rule } from '../Rule';
import type { Located, ServiceManifest } from '../service/ServiceManifest';

/** Networks annotations where KServe reads them. */
function networksAnnotations(service: ServiceManifest): Located<unknown>[] {
  return [
    { path: 'metadata.annotations', value: service.annotations },
    ...service.pools.map(pool => ({
      path: joinPath(pool.path, 'annotations'),
      value: asRecord(pool.spec.annotations),
    })),
  ].flatMap(({ path, value }) =>
    NETWORKS_ANNOTATION in value
      ? [
          {
            path: joinPath(path, NETWORKS_ANNOTATION),
            value: value[NETWORKS_ANNOTATION],
          },
        ]
      : [],
  );
}

/** Secondary networks. */
export const NETWORK_RULES: readonly Rule[] = [
  {
    id: 'network-annotation-location',
    level: 'warning',
    *check(service) {
      const { pools, pair, annotations, complete } = service;
      for (const { path, spec } of pools.flatMap(pool => pool.templates)) {
        const inTemplate = asRecord(asRecord(spec.metadata).annotations);
        if (!(NETWORKS_ANNOTATION in inTemplate)) continue;
        yield {
          path: joinPath(path, 'metadata', 'annotations', NETWORKS_ANNOTATION),
          words: { code: 'template' },
          message:
            'A template is a pod spec without metadata; the annotation is dropped here.',
          fix: 'Move it to metadata.annotations, for both pools.',
        };
      }
      const general = asText(annotations[NETWORKS_ANNOTATION]);
      for (const pool of pools) {
        const own = asText(
          asRecord(pool.spec.annotations)[NETWORKS_ANNOTATION],
        );
        if (own === undefined) continue;
        const path = joinPath(pool.path, 'annotations', NETWORKS_ANNOTATION);
        if (general !== undefined && general !== own) {
          yield {
            path,
            words: { code: 'both', pool: pool.role, own, general },
            message: `${pool.title} attaches ${own}, which overrides ${general} of metadata.annotations.`,
            fix: 'Keep the annotation in one place.',
          };
        }
        const other =
          pair && (pool === pair.decode ? pair.prefill : pair.decode);
        if (other && !other.networks && complete) {
          yield {
            path,
            words: { code: 'one', pool: pool.role },
            message: `Only ${pool.title} attaches a network; ${other.title} has none.`,
            fix: 'Move the annotation to metadata.annotations, for both pools.',
          };
        }
      }
    },
  },
  {
    id: 'network-attachment-form',
    level: 'error',
    *check(service) {
      for (const { path, value } of networksAnnotations(service)) {
        if (
          typeof value === 'string' &&
          parseNetworksAnnotation(value)?.length
        ) {
          continue;
        }
        yield {
          path,
          message: 'Multus cannot read this list of networks.',
          fix: 'Write name, namespace/name, name@interface, a list of these with commas, or a JSON array of objects with a name.',
        };
      }
    },
  },
];
