import { ServerResponse } from 'node:http';
import { ResourceRequest } from '../ApiContext';
import { MALFORMED_OBJECTS } from '../faults/malformed';
import { tableOf } from '../table/tableOf';
import type { ListPage } from './list';
import { metadataJson, objectJson, requestedForm } from './objectForm';
import { apiVersionOf } from './representation';

/** Characters that are gathered before they are written; a long list is never one string. */
const CHUNK = 256 * 1024;

/** Writes a list in the form that the caller wants, in chunks and no faster than the caller reads. */
export async function writeList(
  request: ResourceRequest,
  page: ListPage,
): Promise<void> {
  const { kind, version, response } = request;
  const form = requestedForm(request.request);
  const metadata = JSON.stringify({
    resourceVersion: String(page.version),
    ...(page.continueToken && { continue: page.continueToken }),
    ...(page.remaining !== undefined && {
      remainingItemCount: page.remaining,
    }),
  });
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  if (form === 'table') {
    const table = tableOf(request, page.objects);
    response.end(
      `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${metadata},"columnDefinitions":${JSON.stringify(
        table.columns,
      )},"rows":[${table.rows.join(',')}]}\n`,
    );
    return;
  }
  const head =
    form === 'metadata'
      ? '"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1"'
      : `"kind":"${kind.kind}List","apiVersion":"${apiVersionOf(
          kind,
          version,
        )}"`;
  let chunk = `{${head},"metadata":${metadata},"items":[`;
  let separator = '';
  if (request.context.faults.malformed === 'objects') {
    chunk += MALFORMED_OBJECTS.join(',');
    separator = ',';
  }
  for (const object of page.objects) {
    chunk +=
      separator +
      (form === 'metadata'
        ? metadataJson(object)
        : objectJson(kind, version, object));
    separator = ',';
    if (chunk.length >= CHUNK) {
      if (!response.write(chunk)) {
        await drained(response);
      }
      if (response.destroyed) {
        return;
      }
      chunk = '';
    }
  }
  response.end(`${chunk}]}\n`);
}

/** Waits until the caller has read what was written, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
