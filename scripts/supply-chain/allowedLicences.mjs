/** Under which licences others may give us code that we pass on. */

/** Permissive licences, and MPL-2.0, whose terms end at its own files. SPDX identifiers. */
export const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Single packages (name → reason) that are none of these, or do not say so in a form that a machine reads. */
export const EXCEPTIONS = {
  '@isomorphic-git/pgp-plugin':
    'LGPL-3.0-or-later; a dependency of @backstage/plugin-scaffolder-node, installed unmodified as a package of its own',
  '@remixicon/react':
    'Remix Icon License 1.0 from 4.9.0 on (a dependency of others; ours stay below): free to use in products, not to be sold as icons',
  'rollup-plugin-dts':
    'LGPL-3.0-only; a build tool of @backstage/cli, of which nothing is in what is built',
  'fast-shallow-equal':
    'Unlicense by its LICENSE file, package.json says nothing',
  'pause-stream': 'MIT or Apache-2.0 in a field that nobody reads any more',
  'react-universal-interface':
    'Unlicense by its LICENSE file, package.json says nothing',
  'valid-url': 'MIT by its LICENSE file, package.json says nothing',
  pause: 'MIT by its Readme, package.json says nothing',
  tosource: 'zlib/libpng by its LICENSE file, package.json says nothing',
};
