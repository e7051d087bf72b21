/** How findings put names and numbers into sentences, so that every rule says them alike. */

const shownNames = 6;

/** `NIC1`, `NIC1 and NIC2`, `NIC1, NIC2 and NIC3`; long lists end in `and 12 more`. */
export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown =
    distinct.length > shownNames
      ? [...distinct.slice(0, shownNames - 1), `${distinct.length - shownNames + 1} more`]
      : distinct;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

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
