import { IncomingMessage, ServerResponse } from 'node:http';
import { ResourceKind } from '../cluster/kinds';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import type { Authenticator } from './access/Authenticator';
import { AdmissionWebhook } from './admission/AdmissionWebhook';
import { ClusterFaults } from './faults/ClusterFaults';
import { PodLogSource, PodProxy } from './pods/PodSources';
import { ListSnapshots } from './resources/ListSnapshots';
import { WatchHub } from './resources/WatchHub';
import { SchemaStore } from './validation/SchemaStore';

/** What the handlers of one cluster share. */
export interface ApiContext {
  store: MemoryClusterStore;
  /** What is wrong with the cluster at the moment. */
  faults: ClusterFaults;
  authenticator: Authenticator;
  /** Schemas of custom resources, where their CRD files are given. */
  schemas?: SchemaStore;
  webhooks: readonly AdmissionWebhook[];
  logs?: PodLogSource;
  proxy?: PodProxy;
  snapshots: ListSnapshots;
  watches: WatchHub;
  /** Milliseconds between the bookmarks of a watch that allows them. */
  bookmarkIntervalMs: number;
}

/** Who asks. */
export interface Subject {
  name: string;
  groups: string[];
}

/** One request for a resource that the cluster has. */
export interface ResourceRequest {
  context: ApiContext;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  subject: Subject;
  kind: ResourceKind;
  version: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource in the path, for `proxy`. */
  rest: string;
}
