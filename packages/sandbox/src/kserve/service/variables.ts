import { childName } from '../names';
import { LlmInferenceService, modelName } from './serviceSpec';

/** A template that cannot be executed; the text is the template engine's. */
export class TemplateError extends Error {}

/**
 * Executes the template expressions in a merged configuration. The whole configuration is one
 * template, the user's own values included, so that two opening braces anywhere else in it fail.
 */
export function replaceVariables<T>(config: T, service: LlmInferenceService) {
  const text = JSON.stringify(config).replace(
    /\{\{(.*?)(\}\}|$)/g,
    (_match, expression: string, end: string) => {
      if (!end) {
        throw new TemplateError('template: config:1: unclosed action');
      }
      return jsonEscape(evaluate(expression, service));
    },
  );
  return JSON.parse(text) as T;
}

function evaluate(expression: string, service: LlmInferenceService): string {
  const source = expression.replace(/^-|-$/g, '').trim();
  const child = /^ChildName \.ObjectMeta\.Name `([^`]+)`$/.exec(source);
  if (child) {
    return childName(service.metadata.name, child[1]);
  }
  switch (source) {
    case '.ObjectMeta.Name':
      return service.metadata.name;
    case '.ObjectMeta.Namespace':
      return service.metadata.namespace ?? '';
    case '.Spec.Model.Name':
      return modelName(service);
    case 'TensorParallel .Spec.Parallelism':
      return tensorParallel(service.spec.parallelism?.tensor);
    case 'TensorParallel .Spec.Prefill.Parallelism':
      return tensorParallel(service.spec.prefill?.parallelism?.tensor);
    default:
      throw new TemplateError(explain(source));
  }
}

function explain(source: string): string {
  const word = /^[A-Za-z_]\w*/.exec(source)?.[0];
  if (word) {
    return `template: config:1: function "${word}" not defined`;
  }
  if (source.startsWith('.')) {
    return `template: config:1: can't evaluate field ${source.slice(
      1,
    )} in type llmisvc.Config`;
  }
  return `template: config:1: unexpected ${JSON.stringify(source)} in command`;
}

function tensorParallel(size?: number): string {
  return size && size > 1 ? `--tensor-parallel-size ${size} ` : '';
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
