import type { z } from 'zod/v4';

import { inspectText } from '../spec/inspectText';
import { defaultModelName } from '../spec/ModelSpec';
import { parsePdServiceSpec } from '../spec/parsePdServiceSpec';
import type { PdServiceSpec, PdServiceSpecInput } from '../spec/PdServiceSpec';
import { refusal, type Parsed } from '../spec/Problem';
import { problemsOf } from '../spec/schemaProblems';
import type { OfferedProfile } from './profileSchema';
import { refuseByProfile } from './refuseByProfile';
import { requestSchema } from './requestSchema';

type Request = z.output<typeof requestSchema>;

/**
 * Makes the complete spec of a service out of what a person asked for and what a profile offers, and enforces the
 * profile's limits. Never throws.
 *
 * @param request - a {@link PdServiceRequest}, or anything that claims to be one
 * @param profile - the profile that the request names
 * @returns the spec, or every problem with the path of its field in the request
 * @public
 */
export function planPdService(
  request: unknown,
  profile: OfferedProfile,
): Parsed<PdServiceSpec> {
  const texts = inspectText(request);
  if (texts.length > 0) return { ok: false, problems: texts };
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error) };
  }
  if (parsed.data.profile !== profile.name) {
    return {
      ok: false,
      problems: [
        {
          path: 'profile',
          ...refusal(
            'otherProfile',
            `'${parsed.data.profile}' is not the profile '${profile.name}'`,
            { profile: parsed.data.profile, offered: profile.name },
          ),
        },
      ],
    };
  }
  const spec = parsePdServiceSpec(combine(parsed.data, profile));
  if (!spec.ok) return spec;
  const refused = refuseByProfile(spec.value, profile);
  return refused.length > 0 ? { ok: false, problems: refused } : spec;
}

function combine(
  request: Request,
  profile: OfferedProfile,
): PdServiceSpecInput {
  const { profile: profileName, model, decode, prefill, ...rest } = request;
  return {
    ...rest,
    profile: profileName,
    namespace: request.namespace ?? profile.namespaces[0],
    cluster: request.cluster ?? profile.clusters[0],
    kserveVersion: profile.kserveVersion,
    model: { ...model, name: model.name ?? defaultModelName(model.uri) },
    engine: { ...profile.engine, ...request.engine },
    decode: pool(decode, profile),
    prefill: pool(prefill, profile),
    kvTransfer: { ...profile.kvTransfer, ...request.kvTransfer },
    fabric: profile.fabric,
    pods: {
      image: profile.images.default,
      ...profile.pods,
      ...request.pods,
    },
    router: { ...profile.router, ...request.router },
  };
}

function pool(
  request: Request['decode'],
  { pool: offered }: OfferedProfile,
): PdServiceSpecInput['decode'] {
  const { tensor, pipeline = 1, dataLocal = 1 } = request.parallelism;
  return {
    ...request,
    // KServe does not derive the GPUs from the parallelism; the two must agree.
    gpu: offered.gpu && {
      resource: offered.gpu.resource,
      count: tensor * pipeline * dataLocal,
    },
    cpu: offered.cpu,
    memory: offered.memory,
    cpuKvCacheGiB: offered.cpuKvCacheGiB,
  };
}
