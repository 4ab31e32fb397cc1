import type {
  AuditorService,
  AuthService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Gate } from '../access/Gate';
import type { ServiceBoard } from '../assess/ServiceBoard';
import type { StatusReader } from '../status/StatusReader';

/** What the actions answer from. */
export interface ActionDeps {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  board: ServiceBoard;
  gate: Gate;
  reader: StatusReader;
}
