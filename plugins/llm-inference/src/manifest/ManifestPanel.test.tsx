import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LlmInferenceResponseError } from 'backstage-plugin-llm-inference-common';
import type { ServiceManifest } from 'backstage-plugin-llm-inference-common';
import { germanTranslation } from '../__testUtils__/german';
import { renderPlugin } from '../__testUtils__/renderPlugin';
import { ScriptedApi } from '../__testUtils__/ScriptedApi';
import { service } from '../__testUtils__/services';
import { ManifestPanel } from './ManifestPanel';

const manifest: ServiceManifest = {
  service: { cluster: 'gpu-east', namespace: 'llm-demo', name: 'qwen' },
  yaml: 'kind: LLMInferenceService\nspec:\n  replicas: 1\n  template:\n    containers:\n      - name: main\n',
  readAt: '2026-11-22T14:02:00Z',
  findings: [
    {
      id: 'image-not-pinned',
      level: 'warning',
      object: 'LLMInferenceService/qwen',
      path: 'spec.template.containers[0].image',
      message: 'The image is not pinned.',
      fix: 'Write its digest.',
      unverified: true,
      line: 6,
      endLine: 6,
    },
    {
      id: 'ucx-net-devices',
      level: 'info',
      object: 'LLMInferenceService/qwen',
      path: 'spec',
      message: 'Advice about all of it.',
      fix: 'Look at it.',
      line: 2,
      endLine: 6,
    },
  ],
};

function renderPanel(...answers: Array<ServiceManifest | Error>) {
  const client = new ScriptedApi();
  client.manifests.push(...answers);
  renderPlugin(<ManifestPanel service={service()} />, client);
  return client;
}

describe('ManifestPanel', () => {
  it('shows the manifest with the findings in place, each with its level in words', async () => {
    renderPanel(manifest);

    const text = await screen.findByRole('region', {
      name: 'Manifest of qwen',
    });
    expect(text).toHaveTextContent('replicas: 1');
    const [pinned, about] = within(text).getAllByRole('note');
    expect(pinned).toHaveTextContent(
      'Warning: The image is not pinned.Write its digest. Depends on something that could not be seen.',
    );
    const line = text.querySelector('[data-line="6"]');
    expect(line).toHaveTextContent('- name: main');
    expect(
      line!.compareDocumentPosition(pinned) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
    expect(about).toHaveTextContent('Advice: Advice about all of it.');
    expect(
      screen.getByText(/^Read from gpu-east at .*, without secrets$/),
    ).toBeVisible();
  });

  it('says the findings in the language of the reader', async () => {
    const client = new ScriptedApi();
    const [pinned, about] = manifest.findings;
    const words = { image: 'vllm:0.22' };
    client.manifests.push({
      ...manifest,
      findings: [{ ...pinned, words }, about],
    });
    renderPlugin(<ManifestPanel service={service()} />, client, {
      translation: germanTranslation(),
    });

    const [first, second] = await screen.findAllByRole('note');
    expect(first).toHaveTextContent(
      'Warnung: vllm:0.22 ist durch ein Tag benannt, und das lässt sich verschieben.Einen Digest festlegen (…@sha256:…), in beiden Pools denselben.',
    );
    // An older backend tells no words.
    expect(second).toHaveTextContent('Rat: Advice about all of it.Look at it.');
    expect(
      within(screen.getByRole('list', { name: 'Befunde' })).getAllByRole(
        'button',
      )[0],
    ).toHaveTextContent('vllm:0.22 ist durch ein Tag benannt');
  });

  it('leads from a finding to its line', async () => {
    const user = userEvent.setup();
    renderPanel(manifest);
    const findings = await screen.findByRole('list', { name: 'Findings' });
    const [first, second] = within(findings).getAllByRole('button');
    expect(first).toHaveTextContent('Warning · Line 6The image is not pinned.');

    await user.click(first);
    expect(document.activeElement).toHaveAttribute('data-line', '6');
    expect(document.activeElement).toHaveTextContent('- name: main');

    second.focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toHaveAttribute('data-line', '2');
    expect(document.querySelectorAll('[data-marked]')).toHaveLength(5);

    await user.click(first);
    await user.click(first);
    expect(document.activeElement).toHaveAttribute('data-line', '6');
  });

  it('says so where the checks find nothing', async () => {
    renderPanel({ ...manifest, findings: [] });

    expect(
      await screen.findByText('The checks find nothing wrong'),
    ).toBeVisible();
  });

  it('says why it cannot be read, and reads it when asked again', async () => {
    const user = userEvent.setup();
    renderPanel(
      new LlmInferenceResponseError(503, 'Cluster gpu-east does not answer'),
      manifest,
    );

    expect(
      await screen.findByText('The manifest could not be read'),
    ).toBeVisible();
    expect(screen.getByText('Cluster gpu-east does not answer')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', { name: 'Manifest of qwen' }),
    ).toBeVisible();
    expect(
      screen.queryByText('The manifest could not be read'),
    ).not.toBeInTheDocument();
  });

  it('copies the manifest as it is', async () => {
    const user = userEvent.setup();
    const written = jest.spyOn(navigator.clipboard, 'writeText');
    renderPanel(manifest);
    await user.click(
      await screen.findByRole('button', { name: 'Copy manifest' }),
    );

    expect(written).toHaveBeenCalledWith(manifest.yaml);
  });
});
