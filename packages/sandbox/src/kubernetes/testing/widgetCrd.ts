import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small definition with everything that validation knows, for a kind that the sandbox serves. */
const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: podmonitors.monitoring.coreos.com
spec:
  group: monitoring.coreos.com
  names: { kind: PodMonitor, plural: podmonitors }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      additionalPrinterColumns:
        - { name: Size, type: integer, jsonPath: .spec.size }
        - { name: First, type: string, jsonPath: '.spec.items[0].name' }
        - { name: Made, type: date, jsonPath: .metadata.creationTimestamp }
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [size]
              x-kubernetes-validations:
                - rule: "!has(self.maximum) || self.size <= self.maximum"
                  message: size cannot exceed maximum
                - rule: "self.color == oldSelf.color"
                  message: color is immutable
                - rule: "self.size != 13"
              properties:
                size: { type: integer, format: int32, minimum: 0 }
                maximum: { type: integer }
                color: { type: string, enum: [red, green], default: red }
                name: { type: string, maxLength: 5, minLength: 2, pattern: '^[a-z]+$' }
                port: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                when: { type: string, format: date-time }
                few: { type: array, maxItems: 1, items: { type: string } }
                open: { type: object, x-kubernetes-preserve-unknown-fields: true }
                limits: { type: object, additionalProperties: { type: string } }
                items:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name]
                    properties:
                      name: { type: string }
                      protocol: { type: string, default: TCP }
                      nested: { type: object, default: {}, properties: { on: { type: boolean, default: true } } }
`;

/** A folder with the definition, as loadCrdSchemas wants it. */
export function widgetCrdFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-crd-'));
  writeFileSync(join(folder, 'widgets.yaml'), DEFINITION);
  return folder;
}
