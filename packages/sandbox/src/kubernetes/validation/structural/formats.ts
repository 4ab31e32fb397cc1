const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

const FORMATS: Record<string, (value: string) => boolean> = {
  'date-time': value =>
    DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)),
  date: value => /^\d{4}-\d{2}-\d{2}$/.test(value),
  byte: value => /^[A-Za-z0-9+/]*={0,2}$/.test(value),
  uuid: value => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value),
  ipv4: value => /^(\d{1,3}\.){3}\d{1,3}$/.test(value),
  uri: value => /^[a-z][a-z0-9+.-]*:/i.test(value),
};

/** Whether a text is not of a format; formats that the API server does not know are ignored, as there. */
export function formatError(value: string, format: string): boolean {
  return Object.hasOwn(FORMATS, format) && !FORMATS[format](value);
}
