/**
 * publint and Are The Types Wrong over a packed package. Backstage's build has conventions of its own that
 * both report for every Backstage plugin; each is accepted here by name and with its reason.
 */
import fs from 'node:fs';
import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const ACCEPTED_BY_PUBLINT = {
  FILE_INVALID_FORMAT:
    'frontend code is ESM in .esm.js: it is for bundlers only',
  CJS_WITH_ESMODULE_DEFAULT_EXPORT:
    'a backend feature is the default export of a CommonJS module: createBackend unwraps it',
  EXPORTS_TYPES_SHOULD_BE_FIRST:
    'the order in which `backstage-cli package prepack` writes the conditions',
  EXPORTS_VALUE_INVALID:
    'the condition "backstage" holds the kind of the feature, not a file',
  EXPORTS_TYPES_INVALID_FORMAT: 'follows from .esm.js',
  TYPES_NOT_EXPORTED:
    'follows from .esm.js; what TypeScript really finds is looked at below',
};

const ACCEPTED_BY_ATTW = {
  UnexpectedModuleSyntax: 'follows from .esm.js',
  FallbackCondition:
    'follows from the order of the conditions; TypeScript finds the types all the same',
  CJSOnlyExportsDefault:
    'a backend feature is the default export of a CommonJS module: createBackend unwraps it',
};

/** Problems that publint sees in an archive. */
export async function problemsOfPublint({ tarball, manifest }) {
  const data = fs.readFileSync(tarball);
  const { messages } = await publint({
    pack: {
      tarball: data.buffer.slice(
        data.byteOffset,
        data.byteOffset + data.byteLength,
      ),
    },
    level: 'warning',
  });
  return messages
    .filter(message => !(message.code in ACCEPTED_BY_PUBLINT))
    .map(
      message =>
        `publint: ${
          formatMessage(message, manifest, { color: false }) ?? message.code
        }`,
    );
}

/** Entry points whose types TypeScript would not find or would misread. */
export async function problemsOfTypes({ tarball }) {
  const analysis = await checkPackage(
    createPackageFromTarballData(fs.readFileSync(tarball)),
  );
  if (!analysis.types) return ['types: the archive has none'];
  return analysis.problems
    .filter(problem => !(problem.kind in ACCEPTED_BY_ATTW))
    .map(problem => `types: ${JSON.stringify(problem)}`);
}
