import express from 'express';
import { IncomingHttpHeaders } from 'node:http';
import { listen } from '../listen';

/** One webhook call as it arrived. */
export interface ReceivedCall {
  headers: IncomingHttpHeaders;
  /** The body, byte for byte. */
  body: string;
}

/** An HTTP server that keeps every webhook call it gets. */
export interface WebhookReceiver {
  url: string;
  calls: ReceivedCall[];
  close(): Promise<void>;
}

export async function receiveWebhooks(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = [];
  const app = express();
  app.use(express.text({ type: () => true, limit: '50mb' }), (req, res) => {
    calls.push({ headers: req.headers, body: req.body });
    res.status(202).end();
  });
  const server = await listen(app, 0);
  return {
    url: `http://127.0.0.1:${server.port}/hook`,
    calls,
    close: () => server.close(),
  };
}
