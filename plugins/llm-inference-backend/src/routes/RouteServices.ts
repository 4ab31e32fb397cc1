import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';
import type { Gate } from '../access/Gate';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { History } from '../history/History';
import type { StatusReader } from '../status/StatusReader';
import type { StreamHub } from '../stream/StreamHub';

/** What the routes answer from. */
export interface RouteServices {
  board: ServiceBoard;
  gate: Gate;
  history: History;
  httpAuth: HttpAuthService;
  profiles: OfferedProfile[];
  reader: StatusReader;
  streams: StreamHub;
}
