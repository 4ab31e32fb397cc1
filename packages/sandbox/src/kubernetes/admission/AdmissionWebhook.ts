import { KubeObject } from '../../cluster/ClusterStore';
import { FieldError } from '../validation/structural/fieldErrors';

/** An admission webhook that a controller brings along: it completes objects and judges them. */
export interface AdmissionWebhook {
  /** As in `admission webhook "…" denied the request`. */
  name: string;
  /** Which objects it sees. */
  resource: string;
  mutate(object: KubeObject): KubeObject;
  /** @param before the object before an update */
  validate(object: KubeObject, before?: KubeObject): FieldError[];
}
