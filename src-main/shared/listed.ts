/** Names in a sentence, said alike everywhere. */

const shownNames = 6;

/** `NIC1`, `NIC1 and NIC2`, `NIC1, NIC2 and NIC3`; each once; long lists end in `and 12 more`. */
export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown =
    distinct.length > shownNames
      ? [...distinct.slice(0, shownNames - 1), `${distinct.length - shownNames + 1} more`]
      : distinct;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
