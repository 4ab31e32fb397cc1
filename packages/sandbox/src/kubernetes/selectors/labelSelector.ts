import { badRequest } from '../../cluster/ApiError';

export type LabelMatcher = (labels: Record<string, string>) => boolean;

const KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Reads a label selector such as `app=a,tier!=b,env in (x,y),!gone`.
 * @throws ApiError 400 in the API server's words
 */
export function parseLabelSelector(text: string): LabelMatcher {
  const matchers = splitRequirements(text)
    .map(requirement => requirement.trim())
    .filter(Boolean)
    .map(parseRequirement);
  return labels => matchers.every(matches => matches(labels));
}

/** Splits at commas that are not inside parentheses. */
function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '(') {
      depth += 1;
    } else if (text[index] === ')') {
      depth -= 1;
    } else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parseRequirement(text: string): LabelMatcher {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const [, rawKey, operator, list] = set;
    const key = checkedKey(rawKey);
    const values = new Set(
      list.split(',').map(value => checkedValue(key, value.trim())),
    );
    return operator === 'in'
      ? labels => key in labels && values.has(labels[key])
      : labels => !(key in labels) || !values.has(labels[key]);
  }
  const order = /^([^\s<>]+)\s*([<>])\s*(-?\d+)$/.exec(text);
  if (order) {
    const [, rawKey, operator, limit] = order;
    const key = checkedKey(rawKey);
    return labels => {
      const number = Number(labels[key]);
      return (
        key in labels &&
        Number.isInteger(number) &&
        (operator === '<' ? number < Number(limit) : number > Number(limit))
      );
    };
  }
  const equality = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(text);
  if (equality) {
    const [, rawKey, operator, rawValue] = equality;
    const key = checkedKey(rawKey);
    const value = checkedValue(key, rawValue);
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const existence = /^(!?)\s*(\S+)$/.exec(text);
  if (!existence) {
    throw unparsable('found unexpected characters');
  }
  const key = checkedKey(existence[2]);
  return existence[1] ? labels => !(key in labels) : labels => key in labels;
}

function checkedKey(key: string): string {
  if (!KEY.test(key)) {
    throw unparsable(
      `<nil>: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
    );
  }
  return key;
}

function checkedValue(key: string, value: string): string {
  if (!VALUE.test(value)) {
    throw unparsable(
      `values[0][${key}]: Invalid value: "${value}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    );
  }
  return value;
}

function unparsable(why: string) {
  return badRequest(`unable to parse requirement: ${why}`);
}
