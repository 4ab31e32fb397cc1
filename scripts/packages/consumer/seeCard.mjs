/** Looks at a portal as a person does, in Chromium. */
import path from 'node:path';
import { chromium, expect } from '@playwright/test';
import { findChromium } from '../../lib/chromium.mjs';

const PATIENT = { timeout: 120_000 };
const ENTITY = '/catalog/default/component/qwen2-7b-chat';
const FORM = '/create/templates/default/new-pd-service';

/** The card, the tab, the fleet page and the form, with what the sandbox's clusters report. Throws where one is missing. */
export async function seeCard(url, { screenshotDir, name }) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const page = await browser.newPage({
      baseURL: url,
      viewport: { width: 1440, height: 1000 },
    });
    const shoot = what =>
      page.screenshot({
        path: path.join(screenshotDir, `consumer-${name}-${what}.png`),
      });
    try {
      await page.goto(ENTITY, PATIENT);
      const enter = page.getByRole('button', { name: 'Enter' });
      const verdict = page.getByText('Healthy').first();
      await expect(enter.or(verdict)).toBeVisible(PATIENT);
      if (await enter.isVisible()) await enter.click();
      await expect(verdict).toBeVisible(PATIENT);
      await expect(page.getByText('Prefill').first()).toBeVisible(PATIENT);
      await verdict.scrollIntoViewIfNeeded();
      await shoot('card');
      await page.goto(`${ENTITY}/serving`, PATIENT);
      await expect(page.getByText('Healthy').first()).toBeVisible(PATIENT);
      await expect(page.getByText('Decode').first()).toBeVisible(PATIENT);
      await shoot('tab');
      await page.getByRole('link', { name: 'LLM services' }).first().click();
      await expect(page.getByText('llama-8b-agents').first()).toBeVisible(
        PATIENT,
      );
      await shoot('fleet');
      await page.goto(FORM, PATIENT);
      await expect(page.getByText('H100 with RoCE').first()).toBeVisible(
        PATIENT,
      );
      await shoot('form');
    } catch (error) {
      await shoot('failed');
      throw error;
    }
  } finally {
    await browser.close();
  }
}
