import type { Condition } from '../../resource/conditions';
import type { Evidence, RouterPartHealth } from '../ServingHealth';

/** What was read of one part of the router. */
export interface RouterReading {
  health: RouterPartHealth;
  /** Set where the part is refused or not programmed. */
  fault?: RouterFault;
}

/** Why a part of the router does not work. */
export interface RouterFault {
  subject: string;
  reason: string;
  message: string;
  evidence: Evidence[];
  /** True where another route or gateway of the service still works. */
  partial: boolean;
}

/** A refusal found in an object's conditions. */
export interface Refusal {
  subject: string;
  condition: Condition;
}
