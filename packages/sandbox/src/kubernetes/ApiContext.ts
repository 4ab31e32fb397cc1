import { IncomingMessage, ServerResponse } from 'node:http';
import { ResourceKind } from '../cluster/kinds';
import { MemoryClusterStore } from '../cluster/MemoryClusterStore';
import { SchemaStore } from './validation/SchemaStore';
import { ListSnapshots } from './resources/ListSnapshots';
import { WatchHub } from './resources/WatchHub';

/** What the handlers of one cluster share. */
export interface ApiContext {
  store: MemoryClusterStore;
  /** Schemas of custom resources, where their CRD files are given. */
  schemas?: SchemaStore;
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
