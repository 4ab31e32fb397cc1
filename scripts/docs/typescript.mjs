import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './source.mjs';

const FOLDER = path.join(root, '.cache', 'docs', 'snippets');

/** Type errors of TypeScript snippets, as one program; the lines are those of the documents. */
export function typeErrors(snippets) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const files = new Map(
    snippets.map((snippet, index) => {
      const file = path.join(FOLDER, `${index}.tsx`);
      // One line before the snippet, so that its lines are those of the document.
      const [before, after = ''] = snippet.given
        .trim()
        .replace(/\n/g, ' ')
        .split('SNIPPET');
      writeFileSync(file, `${before}\n${snippet.code}\n${after}\nexport {};\n`);
      return [file, snippet];
    }),
  );
  const { config } = ts.readConfigFile(
    path.join(root, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([...files.keys()], {
    ...options,
    noEmit: true,
    emitDeclarationOnly: false,
    incremental: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  });
  return [...files].flatMap(([file, snippet]) => {
    const source = program.getSourceFile(file);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${snippet.file}:${
        snippet.line + line
      }: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
