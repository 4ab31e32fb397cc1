import type { StoredObject } from './StoredObject';

/** A service and the objects that belong to it. */
export interface ServiceEntry {
  readonly namespace: string;
  readonly name: string;
  /** The LLMInferenceService itself; absent while only what it left behind is there. */
  resource?: StoredObject;
  readonly members: Set<StoredObject>;
}
