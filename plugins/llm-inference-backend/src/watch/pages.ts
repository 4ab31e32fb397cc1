import { StringDecoder } from 'node:string_decoder';
import type { KubernetesObject } from 'backstage-plugin-llm-inference-common';
import { PageReader } from './PageReader';
import type { ListFrame } from './PageReader';

/** So much of a page is gathered before its objects are read; TLS delivers a quarter of it at a time. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a page of a list while it arrives. Nothing more is taken from the connection until the objects before
 * were taken, so that a page in waiting is held by the network and not by this process.
 *
 * @param take - is given objects that are parsed when they are asked for; takes all of them
 * @throws KubernetesError where the text is no list; objects may have been taken by then
 */
export async function readPage(
  chunks: AsyncIterable<Buffer>,
  take: (objects: Iterable<KubernetesObject>) => Promise<unknown>,
): Promise<ListFrame> {
  const reader = new PageReader();
  const decoder = new StringDecoder('utf8');
  let gathered: string[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    gathered.push(decoder.write(chunk));
    bytes += chunk.length;
    if (bytes < PIECE_BYTES) continue;
    const piece = gathered.join('');
    gathered = [];
    bytes = 0;
    await take(reader.push(piece));
  }
  await take(reader.push(gathered.join('') + decoder.end()));
  await take(reader.end());
  return reader.frame;
}
