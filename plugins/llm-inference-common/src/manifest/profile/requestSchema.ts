import { z } from 'zod/v4';

import { FORMATS } from '../spec/formats';
import { kvTransferSpec } from '../spec/KvTransferSpec';
import { modelUri, servedModelName } from '../spec/ModelSpec';
import { pdServiceSpec } from '../spec/PdServiceSpec';
import { poolSpec } from '../spec/PoolSpec';

const pool = z.strictObject({
  replicas: poolSpec.shape.replicas,
  scaling: poolSpec.shape.scaling,
  parallelism: poolSpec.shape.parallelism,
  multiNode: poolSpec.shape.multiNode,
  arguments: poolSpec.shape.arguments,
});

const {
  name,
  namespace,
  cluster,
  otherClusters,
  title,
  description,
  owner,
  system,
  lifecycle,
  stopped,
  engine,
  router,
  model,
} = pdServiceSpec.shape;
const podsShape = pdServiceSpec.shape.pods.unwrap().shape;

/** Only what a person decides: a field of the platform's is an unknown field here. */
export const requestSchema = z.strictObject({
  profile: z.string().min(1, FORMATS.profileMissing),
  name,
  namespace: namespace.optional(),
  cluster: cluster.optional(),
  otherClusters,
  title,
  description,
  owner,
  system,
  lifecycle,
  stopped,
  model: z.strictObject({
    uri: modelUri,
    name: servedModelName.optional(),
    lora: model.shape.lora,
  }),
  engine,
  router: router.unwrap().optional(),
  decode: pool,
  prefill: pool,
  kvTransfer: z
    .strictObject({
      loadFailurePolicy: kvTransferSpec.shape.loadFailurePolicy,
      offloading: kvTransferSpec.shape.offloading,
    })
    .optional(),
  pods: z
    .strictObject({
      image: podsShape.image,
      startupBudgetSeconds: podsShape.startupBudgetSeconds,
      huggingFaceToken: podsShape.huggingFaceToken,
    })
    .optional(),
});
