import { webAddress } from '../elements/webAddress';
import type { ServiceRef } from 'backstage-plugin-llm-inference-common';

/** A place outside the portal to look at a service. @public */
export interface ExternalLink {
  title: string;
  /**
   * Address with the placeholders `{cluster}`, `{namespace}` and `{name}`, for example
   * `https://grafana.example.com/d/llm?var-service={name}`.
   */
  url: string;
}

/** The address for one service, its parts encoded; `undefined` where it is no web address. */
export function externalUrl(
  link: ExternalLink,
  service: ServiceRef,
): string | undefined {
  const url = link.url.replace(
    /\{(cluster|namespace|name)\}/g,
    (_, part: keyof ServiceRef) => encodeURIComponent(service[part]),
  );
  return webAddress(url);
}
