/** Bytes of one GiB (2^30). @public */
export const GIB = 2 ** 30;

/** Bytes of one GB (10^9), the unit in which link rates are given. @public */
export const GB = 1e9;

/**
 * Bytes of one stored number by data type; the names are those of vLLM, of safetensors and of model
 * configurations, in lower case. The scales of 4-bit formats are not counted: prefer the stored size.
 */
const BYTES_OF_TYPE: Readonly<Record<string, number>> = {
  float64: 8,
  f64: 8,
  int64: 8,
  i64: 8,
  float32: 4,
  f32: 4,
  int32: 4,
  i32: 4,
  bfloat16: 2,
  bf16: 2,
  float16: 2,
  fp16: 2,
  f16: 2,
  half: 2,
  fp8: 1,
  fp8_e4m3: 1,
  fp8_e5m2: 1,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  f8_e4m3: 1,
  f8_e5m2: 1,
  int8: 1,
  i8: 1,
  uint8: 1,
  u8: 1,
  int4: 0.5,
  u4: 0.5,
  mxfp4: 0.5,
  nvfp4: 0.5,
  fp4: 0.5,
  f4: 0.5,
};

/**
 * Bytes of one number of a data type, for example 2 for `bfloat16`; undefined for a type not known here
 * and for `auto`.
 *
 * @public
 */
export function bytesOfType(type: string): number | undefined {
  const name = type.toLowerCase().replace(/^torch\./, '');
  return Object.hasOwn(BYTES_OF_TYPE, name) ? BYTES_OF_TYPE[name] : undefined;
}

/** The value where it is a finite number above zero, else undefined: what a form holds while one types. */
export function positive(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value > 0
    ? value
    : undefined;
}
