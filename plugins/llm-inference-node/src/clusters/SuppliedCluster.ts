/**
 * What authenticates one request to a cluster. `expiresAt` (milliseconds since the epoch) makes the reader
 * ask for a new one before that moment.
 *
 * @public
 */
export type ClusterCredential =
  | { type: 'anonymous' }
  | { type: 'bearer'; token: string; expiresAt?: number }
  | { type: 'certificate'; cert: string; key: string; expiresAt?: number };

/**
 * Where the credential of a cluster comes from. It is asked again before the credential expires, and at
 * once after the cluster has answered 401.
 *
 * @public
 */
export interface ClusterCredentialSource {
  /** Reads the credential anew; throws where it cannot be read, with a message that names the source and no secret. */
  read(): Promise<ClusterCredential>;
}

/**
 * A cluster that can be watched.
 *
 * @public
 */
export interface WatchableCluster {
  /** Name by which entities and services refer to the cluster. */
  name: string;
  title?: string;
  /** Base URL of the Kubernetes API; `http` is accepted too. */
  url: string;
  credential: ClusterCredentialSource;
  /** PEM text of the authorities that the server's certificate is checked against; the system's where absent. */
  ca?: string;
  /** Name to check the server's certificate against, where it is not the host of `url`. */
  serverName?: string;
  skipTLSVerify?: boolean;
  /** Headers sent with every request, beside the credential's. */
  headers?: Record<string, string>;
}

/**
 * A cluster that is known and cannot be watched, and why.
 *
 * @public
 */
export interface UnsupportedCluster {
  name: string;
  title?: string;
  /** One sentence: what is missing, and what would make it work. */
  unsupported: string;
}

/** A cluster as a supplier names it. @public */
export type SuppliedCluster = WatchableCluster | UnsupportedCluster;

/**
 * Names clusters. Suppliers are asked again while the backend runs: a cluster that is no longer named is
 * no longer watched.
 *
 * @public
 */
export interface ClusterSupplier {
  getClusters(): Promise<SuppliedCluster[]>;
}
