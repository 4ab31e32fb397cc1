import { secretInText, withoutSecrets } from './secrets';

const SECRETS: Array<[string, string, string]> = [
  ['a Hugging Face token', `hf_${'Zy9'.repeat(12)}`, 'Zy9'],
  ['an access token', 'Bearer abc.def.ghi', 'abc'],
  ['a password in a URL', 'https://me:hunter2@example.com', 'hunter2'],
  ['an AWS access key', 'AKIAIOSFODNN7EXAMPLE', 'EXAMPLE'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----MIIEowIBAA', 'MIIEow'],
  ['a signed token', `eyJhbGciOiJIUzI1NiJ9.${'c'.repeat(12)}.ddd`, 'cccc'],
  ['a Git token', `ghp_${'x1'.repeat(18)}`, 'x1x1'],
  ['a Git token', `glpat-${'x1'.repeat(10)}`, 'x1x1'],
  ['an API key', `sk-${'x1'.repeat(12)}`, 'x1x1'],
  ['a Slack token', 'xoxb-123456789012-abcdef', 'abcdef'],
];

describe('secrets', () => {
  it.each(SECRETS)(
    '%s is known wherever it stands, and replaced',
    (name, text, secret) => {
      expect(secretInText(`set to ${text} here`)).toBe(name);
      const clean = withoutSecrets(`set to ${text} here`);
      expect(secretInText(clean)).toBeUndefined();
      expect(clean).not.toContain(secret);
    },
  );

  it.each([
    'HF_TOKEN=supersecretvalue99',
    'password: "correct-horse"',
    'https://bucket/x?X-Amz-Signature=0123456789abcdef',
  ])('%s is replaced, though a sentence may say the like', text => {
    expect(secretInText(text)).toBeUndefined();
    expect(withoutSecrets(text)).toMatch(/\*\*\*/);
    expect(withoutSecrets(text)).not.toMatch(/99|horse|cdef/);
  });

  it.each([
    'hf://Qwen/Qwen2.5-7B-Instruct',
    'hf_model1',
    'risk-averse-retrieval-augmented-generation',
    'oci://registry.example.com/models/qwen:7b',
    'the bearer of bad news',
    'tokens: 4096',
  ])('%s is none', text => {
    expect(secretInText(text)).toBeUndefined();
  });
});
