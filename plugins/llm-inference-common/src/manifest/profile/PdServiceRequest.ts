import type { PdServiceSpecInput } from '../spec/PdServiceSpec';

/**
 * What a person decides about one pool; the rest comes from the profile.
 *
 * @public
 */
export type PoolRequest = Pick<
  PdServiceSpecInput['decode'],
  'replicas' | 'scaling' | 'parallelism' | 'multiNode' | 'arguments'
>;

/**
 * What a person decides about a service: values of a form, or the input of an action. Everything else comes from
 * the profile. Fields have the names and paths they have in the spec.
 *
 * @public
 */
export interface PdServiceRequest
  extends Pick<
    PdServiceSpecInput,
    | 'name'
    | 'title'
    | 'description'
    | 'owner'
    | 'system'
    | 'lifecycle'
    | 'stopped'
    | 'otherClusters'
    | 'engine'
    | 'router'
  > {
  profile: string;
  /** The profile's first cluster where absent. */
  cluster?: string;
  /** The profile's first namespace where absent. */
  namespace?: string;
  model: Pick<PdServiceSpecInput['model'], 'uri' | 'lora'> & {
    /** Taken from the URI where absent. */
    name?: string;
  };
  decode: PoolRequest;
  prefill: PoolRequest;
  kvTransfer?: Pick<
    NonNullable<PdServiceSpecInput['kvTransfer']>,
    'loadFailurePolicy' | 'offloading'
  >;
  pods?: Pick<
    NonNullable<PdServiceSpecInput['pods']>,
    'image' | 'startupBudgetSeconds' | 'huggingFaceToken'
  >;
}
