import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ServiceFacts } from 'backstage-plugin-llm-inference-node';
import type { ProviderConfig, RuledField } from '../ProviderConfig';

/** What a service, or the configuration for it, says about its entities. */
export interface RuledFields {
  owner: string;
  system?: string;
  lifecycle: string;
  title: string;
  description?: string;
  tags: string[];
}

/** Applies the rules; what the catalog would refuse gives way to the default. */
export function ruledFields(
  facts: ServiceFacts,
  { rules, defaults }: ProviderConfig,
): RuledFields {
  const read = (field: RuledField) => {
    for (const source of rules[field]) {
      const value =
        'annotation' in source
          ? facts.annotations[source.annotation]
          : facts.labels[source.label];
      if (value?.trim()) return value.trim();
    }
    return undefined;
  };
  const system = reference(read('system'), 'System') ?? defaults.system;
  const description = read('description');
  return {
    owner: reference(read('owner'), 'Group') ?? defaults.owner,
    ...(system ? { system } : {}),
    lifecycle: read('lifecycle') ?? defaults.lifecycle,
    title: read('title') ?? facts.service.name,
    ...(description ? { description } : {}),
    tags: (read('tags') ?? '').split(',').flatMap(tagOf),
  };
}

function reference(
  text: string | undefined,
  defaultKind: string,
): string | undefined {
  if (!text) return undefined;
  try {
    const { kind, namespace, name } = parseEntityRef(text, {
      defaultKind,
      defaultNamespace: 'default',
    });
    return isName(name) && isName(namespace) && isName(kind)
      ? stringifyEntityRef({ kind, namespace, name })
      : undefined;
  } catch {
    // Free text where a reference is wanted: the default stands.
    return undefined;
  }
}

function isName(text: string): boolean {
  return /^(?=.{1,63}$)[a-z0-9]([-._a-z0-9]*[a-z0-9])?$/i.test(text);
}

/** A tag in the catalog's alphabet, or nothing. */
export function tagOf(text: string): string[] {
  const tag = text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9+#]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return tag ? [tag] : [];
}
