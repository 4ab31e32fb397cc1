import type { JsonObject } from '@backstage/types';
import type { Child } from './childProcess';
import type { FirstPicture } from './firstPicture';
import type { InformerHandlers } from './informer.child';
import type { RawClientHandlers } from './rawClient.child';
import type { PortalHandle } from './PortalHandle';
import type { Weight } from './weight';
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
  /** URL of the API by name of the cluster. */
  clusters: Record<string, string>;
  /** The clusters. */
  world: World;
  /** A portal with our plugin, which has read every cluster; started where it is not up yet. */
  ours(): Promise<{ portal: PortalHandle; picture: FirstPicture }>;
  /** One more portal with our plugin, which also reads the metrics of every service; the caller closes it. */
  scraping(everySeconds: number): Promise<PortalHandle>;
  /**
   * One more portal with our plugin, whose catalog knows no service until our module is asked for a round; it
   * watches nothing yet. The caller closes it.
   *
   * @param database - connection to a PostgreSQL server; SQLite in memory where absent
   */
  cataloguing(database?: JsonObject): Promise<PortalHandle>;
  /** A portal with Backstage's own Kubernetes plugin; started where it is not up yet. */
  peer(): Promise<PortalHandle>;
  /** Starts one more portal with our plugin, lets it read every cluster, and ends it. */
  takeFirstPicture(): Promise<FirstPicture>;
  /** Starts one more portal with our plugin, weighs what it holds of all clusters but the first, and ends it. */
  weigh(settleMs: number): Promise<Weight>;
  /**
   * Runs something with this fleet while every portal with our plugin that it uses or starts is profiled; answers
   * the summaries that were written, as `<file>.txt` beside the profiles of processor and heap.
   */
  profiled(
    file: string,
    work: (fleet: FleetHandle) => Promise<unknown>,
  ): Promise<string[]>;
  /** Whether profiles are being taken. */
  isProfiled: boolean;
  /** Another process with informers of client-node, which have not read anything; the caller closes it. */
  informer(): Promise<Child<InformerHandlers>>;
  /** Another process that only asks; the caller closes it. */
  rawClient(): Promise<Child<RawClientHandlers>>;
  close(): Promise<void>;
}
