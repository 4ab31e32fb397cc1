import { expect, type Page } from '@playwright/test';

/** A page that the stock app has too. */
export interface StockPage {
  path: string;
  /** Waits until its content stands there. */
  settled(page: Page): Promise<void>;
}

const heading = (name: string | RegExp) => (page: Page) =>
  expect(page.getByRole('heading', { name }).first()).toBeVisible();

/** What our extensions stand on, or stand beside. */
export const STOCK_PAGES = {
  catalog: {
    path: '/',
    settled: page =>
      expect(page.getByRole('link', { name: /Chat assistant/ })).toBeVisible(),
  },
  component: {
    path: '/catalog/default/component/qwen2-7b-chat',
    settled: heading('About'),
  },
  kubernetes: {
    path: '/catalog/default/component/qwen2-7b-chat/kubernetes',
    settled: page =>
      expect(page.getByText(/Your Clusters/i).first()).toBeVisible(),
  },
  model: {
    path: '/catalog/default/resource/qwen3-8b',
    settled: heading('About'),
  },
  system: {
    path: '/catalog/default/system/llm-serving',
    settled: heading('About'),
  },
  'no such entity': {
    path: '/catalog/default/component/there-is-none',
    settled: page => expect(page.getByText(/not found/i).first()).toBeVisible(),
  },
  templates: {
    path: '/create',
    settled: page =>
      expect(
        page.getByRole('button', { name: 'Choose' }).first(),
      ).toBeVisible(),
  },
  template: {
    path: '/create/templates/default/stock-template',
    settled: page =>
      expect(page.getByRole('textbox', { name: /^Name/ })).toBeVisible(),
  },
  settings: {
    path: '/settings',
    settled: page =>
      expect(page.getByText('Guest engineer').first()).toBeVisible(),
  },
} satisfies Record<string, StockPage>;

export type StockPageName = keyof typeof STOCK_PAGES;
