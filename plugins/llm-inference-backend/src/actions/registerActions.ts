import type { ActionDeps } from './ActionDeps';
import { createExplainServiceAction } from './createExplainServiceAction';
import { createListServicesAction } from './createListServicesAction';

/** Registers what agents may ask; all of it only reads, with the permissions of whoever asks. */
export function registerActions(deps: ActionDeps): void {
  createListServicesAction(deps);
  createExplainServiceAction(deps);
}
