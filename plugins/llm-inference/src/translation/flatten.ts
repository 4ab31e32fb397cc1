/** Messages by place, as deep as the places are. */
export type NestedMessages = { [key in string]: NestedMessages | string };

/** The same places as in another set of messages, with texts of its own. */
export type SamePlaces<T> = {
  [K in keyof T]: T[K] extends string ? string : SamePlaces<T[K]>;
};

/** The keys of nested messages, joined by dots. */
export type FlatKeys<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${FlatKeys<T[K]>}`;
}[keyof T & string];

/** Joins the keys of nested messages by dots, which is the form that translations are loaded in. */
export function flatten<T extends NestedMessages>(
  messages: T,
): Record<FlatKeys<T>, string> {
  const flat: Record<string, string> = {};
  const visit = (nested: NestedMessages, prefix: string) => {
    for (const [key, value] of Object.entries(nested)) {
      if (typeof value === 'string') {
        flat[prefix + key] = value;
      } else {
        visit(value, `${prefix}${key}.`);
      }
    }
  };
  visit(messages, '');
  return flat as Record<FlatKeys<T>, string>;
}
