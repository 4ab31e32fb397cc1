/**
 * What the card adds to the entity page: our plugin's entry, which every page loads, and the card with all that
 * it imports, minified and compressed. What a stock app's page has anyway (React, Backstage, its UI kit) counts
 * for nothing; icons and libraries of ours count in full. Fails above the limit.
 *
 *   node scripts/bundle-size.mjs
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, say } from './lib/toolchain.mjs';

const LIMIT_KIB = 60;
const ENTRIES = ['src/index', 'src/card/EntityServingCard'];
/** What the entity page of a stock app has loaded, also without us. */
const STOCK = [
  '@backstage/*',
  'react',
  'react/*',
  'react-dom',
  'react-router-dom',
  'zod',
];

const plugin = path.join(root, 'plugins', 'llm-inference');
const esbuild = createRequire(import.meta.url)('esbuild');
const { outputFiles } = await esbuild.build({
  stdin: {
    contents: ENTRIES.map(entry => `export * from './${entry}';`).join('\n'),
    resolveDir: plugin,
  },
  outdir: path.join(plugin, 'dist'),
  bundle: true,
  format: 'esm',
  minify: true,
  jsx: 'automatic',
  platform: 'browser',
  define: { 'process.env.NODE_ENV': '"production"' },
  external: STOCK,
  plugins: [
    {
      name: 'lazy parts stay outside',
      setup: ({ onResolve }) =>
        onResolve({ filter: /./ }, ({ kind, path: imported }) =>
          kind === 'dynamic-import'
            ? { path: imported, external: true }
            : undefined,
        ),
    },
  ],
  write: false,
  logLevel: 'error',
});

const sizes = { js: 0, css: 0 };
for (const { path: file, contents } of outputFiles) {
  sizes[file.endsWith('.css') ? 'css' : 'js'] += gzipSync(contents).length;
}
const kib = bytes => (bytes / 1024).toFixed(1);
const total = sizes.js + sizes.css;
say(
  `The card adds ${kib(total)} KiB to the entity page (JavaScript ${kib(
    sizes.js,
  )}, CSS ${kib(sizes.css)}; compressed). The limit is ${LIMIT_KIB} KiB.`,
);
process.exit(total > LIMIT_KIB * 1024 ? 1 : 0);
