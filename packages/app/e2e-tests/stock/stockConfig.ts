import fs from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';

const root = path.join(__dirname, '..', '..', '..', '..');

/**
 * Writes the configuration of a stock portal and returns its path: app-config.yaml without our frontend package
 * and what it says about our extensions, and with a template of stock fields.
 */
export function writeStockConfig(): string {
  const config = parse(
    fs.readFileSync(path.join(root, 'app-config.yaml'), 'utf8'),
  );
  config.app.packages = { exclude: ['backstage-plugin-llm-inference'] };
  config.app.extensions = config.app.extensions.filter(
    (extension: unknown) =>
      !JSON.stringify(extension).includes('llm-inference'),
  );
  config.catalog.locations.push({
    type: 'file',
    target: path.join(__dirname, 'template.yaml'),
    rules: [{ allow: ['Template'] }],
  });
  const file = path.join(root, '.cache', 'stock', 'app-config.yaml');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, stringify(config));
  return file;
}
