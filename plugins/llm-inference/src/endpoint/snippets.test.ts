import { execFileSync } from 'node:child_process';
import { curlSnippet, openAiBaseUrl, pythonSnippet } from './snippets';

const endpoint = {
  url: 'https://llm.example.com/demo/qwen/',
  models: ['Qwen/Qwen2-7B-Instruct'],
};

describe('snippets', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x/v1'],
    ['https://a.example/x/', 'https://a.example/x/v1'],
    ['https://a.example/v1', 'https://a.example/v1'],
  ])('finds the API of %s at %s', (url, base) => {
    expect(openAiBaseUrl({ url, models: [] })).toBe(base);
  });

  it('asks for a chat completion of the served model', () => {
    expect(curlSnippet(endpoint)).toBe(
      [
        `curl 'https://llm.example.com/demo/qwen/v1/chat/completions' \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"model":"Qwen/Qwen2-7B-Instruct","messages":[{"role":"user","content":"Hello"}]}'`,
      ].join('\n'),
    );
    expect(pythonSnippet(endpoint)).toContain('model="Qwen/Qwen2-7B-Instruct"');
  });

  it('lets no name break out of the shell', () => {
    const snippet = curlSnippet({
      url: `https://x/'; echo broken; '`,
      models: [`a'; echo broken; '$(echo broken)`],
    }).replace(/^curl/, 'printf "%s\\n"');
    const words = execFileSync('sh', ['-c', snippet], { encoding: 'utf8' });

    expect(words.split('\n')[0]).toBe(
      `https://x/'; echo broken; '/v1/chat/completions`,
    );
    expect(words).toContain(`a'; echo broken; '$(echo broken)`);
  });
});
