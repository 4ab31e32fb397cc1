import type { PrinterColumn } from '../validation/SchemaStore';
import { age } from './age';
import { AGE, Column, NAME } from './column';
import { readJsonPath } from './jsonPath';

const ready = (field: string) =>
  `.status.conditions[?(@.type=='Ready')].${field}`;

const text = (name: string, jsonPath: string, priority = 0): PrinterColumn => ({
  name,
  type: 'string',
  jsonPath,
  priority,
});

/** Printer columns of custom kinds, for when their CRD files are not given. */
const KNOWN: Record<string, PrinterColumn[]> = {
  'llminferenceservices.serving.kserve.io': [
    text('URL', '.status.url'),
    text('Ready', ready('status')),
    text('Reason', ready('reason')),
    { ...text('Age', '.metadata.creationTimestamp'), type: 'date' },
    text('URLs', '.status.addresses[*].url', 1),
  ],
  'gateways.gateway.networking.k8s.io': [
    text('Class', '.spec.gatewayClassName'),
    text('Address', '.status.addresses[*].value'),
    text('Programmed', ".status.conditions[?(@.type=='Programmed')].status"),
    { ...text('Age', '.metadata.creationTimestamp'), type: 'date' },
  ],
  'gatewayclasses.gateway.networking.k8s.io': [
    text('Controller', '.spec.controllerName'),
    text('Accepted', ".status.conditions[?(@.type=='Accepted')].status"),
    { ...text('Age', '.metadata.creationTimestamp'), type: 'date' },
  ],
  'httproutes.gateway.networking.k8s.io': [
    text('Hostnames', '.spec.hostnames'),
    { ...text('Age', '.metadata.creationTimestamp'), type: 'date' },
  ],
};

/** The columns of a custom kind: its name, then what its definition says, or the age where it says nothing. */
export function customColumns(
  resource: string,
  defined: PrinterColumn[] | undefined,
): Column[] {
  const columns = defined?.length ? defined : KNOWN[resource];
  if (!columns) {
    return [NAME, AGE];
  }
  return [
    NAME,
    ...columns.map(
      ({ name, type, jsonPath, priority }): Column => ({
        name,
        type: type === 'integer' || type === 'boolean' ? type : 'string',
        priority,
        cell: (object, now) => {
          const values = readJsonPath(object, jsonPath);
          if (type === 'date') {
            return values.length > 0 ? age(values[0], now) : '';
          }
          const [first] = values;
          return type === 'integer' && typeof first === 'number'
            ? first
            : values.map(shown).join(',');
        },
      }),
    ),
  ];
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
