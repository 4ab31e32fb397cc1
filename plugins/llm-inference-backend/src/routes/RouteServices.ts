import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { OfferedProfile } from 'backstage-plugin-llm-inference-common';
import type { Capabilities } from '../capabilities/Capabilities';
import type { ModelHub } from '../models/ModelHub';
import type { ManifestReader } from '../manifest/ManifestReader';
import type { MetricsReader } from '../metrics/MetricsReader';
import type { PdVerifier } from '../verify/PdVerifier';
import type { PodLogs } from '../logs/PodLogs';
import type { ManifestValidator } from '../validate/ManifestValidator';
import type { Gate } from '../access/Gate';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { History } from '../history/History';
import type { HealthTexts } from '../status/HealthTexts';
import type { StatusReader } from '../status/StatusReader';
import type { StreamHub } from '../stream/StreamHub';
import type { Fleet } from '../watch/Fleet';

/** What the routes answer from. */
export interface RouteServices {
  auditor: AuditorService;
  board: ServiceBoard;
  capabilities: Capabilities;
  fleet: Fleet;
  gate: Gate;
  history: History;
  httpAuth: HttpAuthService;
  /** Absent where logs are off. */
  logs?: PodLogs;
  manifests: ManifestReader;
  metrics: MetricsReader;
  models: ModelHub;
  profiles: OfferedProfile[];
  reader: StatusReader;
  streams: StreamHub;
  texts: HealthTexts;
  validator: ManifestValidator;
  /** Absent where verifying is off. */
  verifier?: PdVerifier;
}
