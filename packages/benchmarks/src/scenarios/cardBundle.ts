import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Scenario } from '../harness/Scenario';
import { repositoryFile } from '../repositoryFile';

const PEER = "the Kubernetes plugin's tab";

/** What every portal loads anyway, whichever plugins it has. */
const SHARED =
  /^(react|react-dom|react-router|react-router-dom|react-use|@material-ui\/.*|@backstage\/(?!plugin-kubernetes).*)(\/|$)/;

const OURS = repositoryFile(
  'plugins/llm-inference/src/card/EntityServingCard.tsx',
);
const THEIRS = '@backstage/plugin-kubernetes/dist/KubernetesContent.esm.js';

/** What a browser loads for the card beyond what the portal has loaded. */
export const cardBundle: Scenario = {
  name: 'card-bundle',
  title:
    "What a browser loads to show our card, against the Kubernetes plugin's tab; minified and compressed, without what every portal shares",
  sizes: () => [{ label: 'the card', scale: 1 }],
  measure: async () => [
    {
      metric: 'size',
      unit: 'bytes',
      contenders: [
        { role: 'ours', name: 'our card', samples: [await bundled(OURS)] },
        {
          role: 'peer',
          name: PEER,
          samples: [await bundled(repositoryFile(`node_modules/${THEIRS}`))],
        },
      ],
      bars: [{ statistic: 'median', against: PEER, atMost: 1 }],
    },
  ],
};

/** Bytes of a module with all that it imports. Parts that it loads on demand do not count. */
async function bundled(entry: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    minify: true,
    metafile: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'silent',
    plugins: [
      {
        name: 'shared',
        setup({ onResolve }) {
          onResolve({ filter: /^[^.]/ }, ({ path }) =>
            SHARED.test(path) ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  const needed = new Set<string>();
  const visit = (path: string) => {
    if (needed.has(path)) return;
    needed.add(path);
    const { imports, cssBundle } = metafile.outputs[path];
    if (cssBundle) needed.add(cssBundle);
    imports
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .forEach(imported => visit(imported.path));
  };
  Object.entries(metafile.outputs)
    .filter(
      ([, { entryPoint }]) =>
        entryPoint && entry.endsWith(entryPoint.replace(/^(\.\.\/)+/, '')),
    )
    .forEach(([path]) => visit(path));
  return outputFiles
    .filter(({ path }) => [...needed].some(name => path.endsWith(name)))
    .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}
