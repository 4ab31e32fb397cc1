import type { PortalHandle } from './PortalHandle';
import type { World } from './World';

/** How large a fleet is. */
export interface FleetSize {
  clusters: number;
  /** In all clusters together; every service runs in one of them. */
  services: number;
  /** Its scheduler included; at least 3. */
  podsPerService: number;
}

/** A service of the fleet, and the catalog entity that names it. */
export interface FleetService {
  cluster: string;
  namespace: string;
  name: string;
  entityRef: string;
}

/** A fleet that plays, in processes of its own. */
export interface FleetHandle {
  size: FleetSize;
  services: readonly FleetService[];
  /** The clusters. */
  world: World;
  /** A portal with our plugin, which has read every cluster; started where it is not up yet. */
  ours(): Promise<PortalHandle>;
  /** A portal with Backstage's own Kubernetes plugin; started where it is not up yet. */
  peer(): Promise<PortalHandle>;
  /** Another portal with our plugin that has not begun to watch; the caller closes it. */
  unstarted(): Promise<PortalHandle>;
  close(): Promise<void>;
}
