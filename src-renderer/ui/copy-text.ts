/** Puts text on the clipboard, in either window. */

/**
 * The desktop window permits its page nothing, the clipboard's own interface included; there, as in an older browser,
 * what is marked is copied as by Ctrl+C. False: neither is possible.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyMarked(text);
  }
}

function copyMarked(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  // Inside an open dialog nothing outside it can have the focus.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  // The only way that asks for no permission, and every Chromium has it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
