import { Pool } from 'undici';
import { closedLoop, openLoop } from '../harness/load';
import type { LoadResult } from '../harness/load';
import { serveParent } from './childProcess';

/** Reads paths of a portal in turns and keeps nothing of the answers. */
export interface ReaderHandlers
  extends Record<string, (argument: never) => unknown> {
  /** As many as go, so many at a time. */
  closedLoop(load: {
    paths: string[];
    concurrency: number;
    seconds: number;
  }): Promise<LoadResult>;
  /** So many per second, whether or not those before are answered. */
  openLoop(load: {
    paths: string[];
    perSecond: number;
    seconds: number;
  }): Promise<LoadResult>;
}

/** Which portal is read, and as whom. */
export interface ReaderInput {
  url: string;
  authorization: string;
}

/**
 * A process of its own, as a browser is: what it takes in has to be collected, and in the process that runs
 * the scenarios that takes so long that it would be measured as the portal's.
 */
function start({ url, authorization }: ReaderInput): ReaderHandlers {
  const pool = new Pool(url, { connections: 64 });
  const inTurns = (paths: string[]) => async (index: number) => {
    const path = paths[index % paths.length];
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path,
      headers: { authorization },
    });
    await body.dump({ limit: Infinity });
    if (statusCode >= 300) {
      throw new Error(`GET ${path} answered ${statusCode}`);
    }
  };
  return {
    closedLoop: ({ paths, ...load }) => closedLoop(inTurns(paths), load),
    openLoop: ({ paths, ...load }) => openLoop(inTurns(paths), load),
  };
}

serveParent(start);
