import { parseAllDocuments } from 'yaml';

/** The objects of a YAML file; undefined for a document that is none. */
export function objectsOf(content: string): unknown[] {
  return parseAllDocuments(content, { logLevel: 'silent' }).map(document =>
    document.errors.length > 0 ? undefined : document.toJS(),
  );
}

export function isService(object: unknown): boolean {
  return (object as { kind?: unknown } | null)?.kind === 'LLMInferenceService';
}

/** Names of the services in a YAML file. */
export function servicesIn(content: string): string[] {
  return objectsOf(content)
    .filter(isService)
    .map(service =>
      String(
        (service as { metadata?: { name?: unknown } }).metadata?.name ?? '',
      ),
    );
}
