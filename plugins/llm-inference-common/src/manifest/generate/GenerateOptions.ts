import type { OfferedProfile } from '../profile/profileSchema';
import type { PdServiceSpec } from '../spec/PdServiceSpec';
import type { ModelArchitecture } from '../../sizing/ModelArchitecture';
import type { CapacityEstimate } from '../../sizing/CapacityPlan';

/**
 * What is written beside the service itself, and where the folder will lie.
 *
 * @public
 */
export interface GenerateOptions {
  /** A folder of a repository that many services share, or a repository of the service's own. */
  layout: 'shared' | 'own';
  repository?: OfferedProfile['repository'];
  /** Writes an object per cluster that makes the GitOps controller follow the overlay. */
  controller?: OfferedProfile['controller'];
  /** Writes a NetworkPolicy for the engines; true where absent. */
  networkPolicy?: boolean;
  /** Writes a PodMonitor and a PrometheusRule. */
  monitoring?: OfferedProfile['monitoring'];
  /** Writes a README and a TechDocs page; true where absent. */
  documentation?: boolean;
  /** Numbers of the service for its documentation. */
  capacity?: CapacityEstimate;
  /** Numbers of the model's own configuration, for models that are not shipped. */
  architecture?: ModelArchitecture;
}

/** Options as a profile has them. @public */
export function generateOptionsOf(
  profile: OfferedProfile,
  layout: 'shared' | 'own',
): GenerateOptions {
  return {
    layout,
    repository: profile.repository,
    controller: profile.controller,
    networkPolicy: profile.networkPolicy,
    monitoring: profile.monitoring,
  };
}

/** Folder of a service in its repository, without a slash at the end; empty for the root. @public */
export function folderOfService(
  { name }: Pick<PdServiceSpec, 'name'>,
  { layout, repository }: GenerateOptions,
): string {
  return layout === 'own' ? '' : `${repository?.path ?? 'services'}/${name}`;
}
