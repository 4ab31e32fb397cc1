import { type APIRequestContext, expect } from '@playwright/test';

const backend = `http://localhost:${process.env.BACKEND_PORT ?? '7007'}`;

/** Calls the portal's backend as the guest, as the page itself does. */
export async function portalApi(request: APIRequestContext) {
  const session = await request.get(`${backend}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  expect(session.ok(), await session.text()).toBe(true);
  const { token } = (await session.json()).backstageIdentity;
  return {
    get: (path: string) =>
      request.get(`${backend}/api/${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
  };
}
