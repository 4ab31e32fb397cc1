import {
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';

import type { SourceFile } from './ServiceSource';

const EMPTY = [
  '# This service is retired: no entity is left here, so that it leaves the catalog.',
  '# The file stays for as long as the catalog has its address registered.',
  '',
].join('\n');

/**
 * A catalog file without the entities of a service: its component, the APIs that it provides and the models that it
 * depends on. Entities of others stay as they are. The catalog reads a file of comments as one without entities.
 */
export function withoutService(file: SourceFile, service: Entity): SourceFile {
  const related = new Set(
    (service.relations ?? [])
      .filter(({ type }) =>
        [RELATION_PROVIDES_API, RELATION_DEPENDS_ON].includes(type),
      )
      .map(({ targetRef }) => targetRef),
  );
  const itself = stringifyEntityRef(service);
  const left = parseAllDocuments(file.content, { logLevel: 'silent' }).filter(
    document => {
      const object: unknown = document.toJS();
      if (object === null) return false;
      const entity = object as Entity;
      if (!entity.kind || !entity.metadata?.name) return true;
      const ref = stringifyEntityRef(entity);
      const isItsModel =
        entity.kind === 'Resource' && entity.spec?.type === 'ai-model';
      return !(
        ref === itself ||
        (related.has(ref) && (entity.kind === 'API' || isItsModel))
      );
    },
  );
  return {
    path: file.path,
    content: left.length
      ? left
          .map(document => String(document).replace(/^---\n/, ''))
          .join('---\n')
      : EMPTY,
  };
}
