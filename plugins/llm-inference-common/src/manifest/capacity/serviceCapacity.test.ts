import { referenceModel } from '../../sizing/referenceModels';
import { GIB } from '../../sizing/units';
import { PROFILES, REQUEST } from '../__testUtils__/profiles';
import { parseProfiles } from '../profile/parseProfiles';
import { planPdService } from '../profile/planPdService';
import { serviceCapacity } from './serviceCapacity';

const DIGEST = `@sha256:${'0'.repeat(64)}`;

function leftForCache(image: string | undefined): number {
  const [profile] = parseProfiles({
    'h100-roce': {
      ...PROFILES['h100-roce'],
      ...(image && { images: { default: image } }),
    },
  });
  const spec = planPdService(REQUEST, profile);
  if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
  const model = referenceModel(REQUEST.model.uri)!;
  return serviceCapacity(spec.value, profile, model).decode.kvAvailableBytes!;
}

describe('serviceCapacity', () => {
  const preset = leftForCache(undefined);

  // vLLM takes 0.92 of the GPU from 0.22 on, 0.90 before; 79.2 GiB are on an H100.
  it.each([
    ['vllm/vllm-openai:v0.22.0', 0.02],
    ['registry.example:5000/mirror/vllm-openai:0.23.1', 0.02],
    ['vllm/vllm-openai:v0.19.0', 0],
    ['ghcr.io/llm-d/llm-d-cuda:v0.9.0', 0],
    ['vllm/vllm-openai', 0],
  ])('counts with the share of the GPU that %s takes', (image, more) => {
    expect(leftForCache(image + DIGEST) - preset).toBeCloseTo(
      more * 79.2 * GIB,
      -2,
    );
  });
});
