import type { Endpoint } from 'backstage-plugin-llm-inference-common';

/** Base URL of the OpenAI-compatible API behind an endpoint. */
export function openAiBaseUrl(endpoint: Endpoint): string {
  const url = endpoint.url.replace(/\/+$/, '');
  return url.endsWith('/v1') ? url : `${url}/v1`;
}

/** One chat completion by curl, safe to paste into a POSIX shell. */
export function curlSnippet(endpoint: Endpoint): string {
  const body = JSON.stringify({
    model: endpoint.models[0] ?? 'default',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  return [
    `curl ${shellQuote(`${openAiBaseUrl(endpoint)}/chat/completions`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${shellQuote(body)}`,
  ].join(' \\\n');
}

/** One chat completion by the OpenAI client for Python. */
export function pythonSnippet(endpoint: Endpoint): string {
  return `from openai import OpenAI

client = OpenAI(
    base_url=${JSON.stringify(openAiBaseUrl(endpoint))},
    api_key="none",
)
answer = client.chat.completions.create(
    model=${JSON.stringify(endpoint.models[0] ?? 'default')},
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
