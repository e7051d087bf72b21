/** How findings put names and numbers into sentences, so that every rule says them alike. */

export { listed } from '#shared/listed.ts';

/** `1 session`, `2 sessions`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** A sentence begins with a capital letter, except where its first word is a name Windows shows. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Each thing once, in the order of first mention. */
export function distinctById<T extends { readonly id: string }>(things: readonly T[]): readonly T[] {
  return [...new Map(things.map((thing) => [thing.id, thing])).values()];
}
