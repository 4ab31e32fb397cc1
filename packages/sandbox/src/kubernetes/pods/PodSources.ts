import { KubeObject } from '../../cluster/ClusterStore';

/** One line of a container, with the time that the container runtime stamps it with. */
export interface LogLine {
  at: Date;
  text: string;
}

/** Which container of which pod. */
export interface ContainerRef {
  namespace: string;
  pod: string;
  container: string;
}

/** Where the logs of a cluster's containers come from. */
export interface PodLogSource {
  /** The lines so far of a container's present run, or of the run before. */
  read(ref: ContainerRef, run: 'current' | 'previous'): LogLine[];
  /** Calls with each new line. Returns the way to stop it. */
  follow(ref: ContainerRef, listener: (line: LogLine) => void): () => void;
}

/** A request that reaches a pod through the API server's proxy. */
export interface PodProxyRequest {
  pod: KubeObject;
  /** A number or a port's name as in the path; empty for the first port. */
  port: string;
  method: string;
  /** Path and query inside the pod. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What a pod answers; undefined where nothing listens on the port. */
export type PodProxy = (
  request: PodProxyRequest,
) => Promise<
  { status: number; headers?: Record<string, string>; body: string } | undefined
>;
