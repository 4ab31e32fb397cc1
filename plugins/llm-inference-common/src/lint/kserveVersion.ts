/** A version of KServe, as far as it decides what a manifest may hold. */
export interface KserveVersion {
  major: number;
  minor: number;
  text: string;
}

/** Reads `v0.18.0`, `0.18` or `0.20.0-rc1`; absent where it is none of these. */
export function parseKserveVersion(
  text: string | undefined,
): KserveVersion | undefined {
  const trimmed = text?.trim() ?? '';
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.|-|\+|$)/.exec(trimmed);
  return match
    ? { major: Number(match[1]), minor: Number(match[2]), text: trimmed }
    : undefined;
}

/** Whether a version is at least 0.`minor`. */
export function isAtLeast(version: KserveVersion, minor: number): boolean {
  return version.major > 0 || version.minor >= minor;
}

/** The first minor version after v0.20, in which unreleased fields are expected. */
export const AFTER_V0_20 = 21;

/** Whether the controller gives both engines a KV connector by itself (kserve#6027, after v0.20). */
export function injectsConnector(version: KserveVersion | undefined): boolean {
  return version !== undefined && isAtLeast(version, AFTER_V0_20);
}
