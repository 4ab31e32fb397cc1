/** An address that a browser opens as a page; `undefined` for everything else, `javascript:` above all. */
export function webAddress(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
