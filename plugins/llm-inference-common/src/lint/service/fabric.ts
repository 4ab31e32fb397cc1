import { EFA_RESOURCE } from '../../resource/resourceNames';
import { asList, asText } from '../../resource/unknown';
import type { Container } from './Container';
import type { Pool } from './Pool';
import type { ServiceManifest } from './ServiceManifest';

/** Whether a container requests AWS Elastic Fabric Adapter devices. */
export function requestsEfa(container: Container): boolean {
  return container.rdmaDevices.some(({ name }) => name === EFA_RESOURCE);
}

/** The backends that NIXL uses in a container; UCX unless the configuration names others. */
export function backendsOf(container: Container): string[] {
  const { backends } = container.connector?.config.extra ?? {};
  const named = asList(backends).flatMap(item => asText(item) ?? []);
  return named.length > 0 ? named : ['UCX'];
}

/** Who made the GPUs of a container, where that matters for transports. */
export function gpuVendor(container: Container): 'amd' | 'nvidia' | undefined {
  const names = container.devices
    .filter(({ kind }) => kind === 'gpu')
    .map(({ name }) => name);
  if (names.some(name => name.startsWith('amd.com/'))) return 'amd';
  return names.some(name => name.startsWith('nvidia.com/'))
    ? 'nvidia'
    : undefined;
}

/** Whether devices may come to a pool's pods by a claim instead of a resource name. */
export function mayHaveClaims(pool: Pool, service: ServiceManifest): boolean {
  return (
    pool.templates.some(({ spec }) => spec.resourceClaims !== undefined) ||
    pool.mains.some(main => main.hasClaims) ||
    Object.keys(service.annotations).some(key =>
      key.startsWith('serving.kserve.io/exp-dra-'),
    )
  );
}
