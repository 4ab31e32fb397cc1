/** Finds the Chromium that the end-to-end tests drive. */
import fs from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of the browser, from CHROMIUM_PATH or the usual places; undefined where there is none. */
export function findChromium(env = process.env) {
  const places = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : CANDIDATES;
  return places.find(place => fs.existsSync(place));
}

/** What to do where there is none. */
export const CHROMIUM_HINT =
  'Chromium was not found. Install the package "chromium" (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome binary.';
