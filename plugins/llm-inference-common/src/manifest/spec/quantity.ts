const UNITS: Record<string, number> = {
  '': 1,
  m: 0.001,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Number behind a quantity in the forms that specs allow: cores, or bytes. */
export function quantityValue(quantity: string): number {
  const [, digits = '0', unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}
