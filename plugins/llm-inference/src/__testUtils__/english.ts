/** Words that stand in every English sentence and in no German one. */
export const ENGLISH =
  /(?<!\p{L})(?:the|and|are|is|not|cannot|of|with|that|which|this|does|no|from|by|its|their|for|be|been)(?!\p{L})/iu;

/** Without what is quoted, and without fields, flags and names, which are the same everywhere. */
export const prose = (text: string) =>
  text.replace(/„[^“]*“/g, '').replace(/\S*[./_=:-]\S+|\([^)]*\)|"[^"]*"/g, '');
