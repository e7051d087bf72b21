import { describe, expect, it } from 'vitest';
import { shortcutOf, shortcuts } from './shortcuts.ts';

function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}, isOn = true) {
  let asked: string | undefined;
  if (!on.isConnected) document.body.append(on);
  const listen = (event: Event): void => void (asked = shortcutOf(event as KeyboardEvent, isOn));
  on.addEventListener('keydown', listen);
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  on.removeEventListener('keydown', listen);
  return asked;
}

const field = document.createElement('input');
const dialog = document.createElement('dialog');
dialog.setAttribute('open', '');
const inDialog = dialog.appendChild(document.createElement('button'));
document.body.append(dialog);

describe('the keys of the cockpit', () => {
  it('are one each, and each does something', () => {
    expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length);
    for (const { key, action } of shortcuts) expect(press(key)).toBe(action);
  });

  it.each<[string, string | undefined, () => string | undefined]>([
    ['a letter in a field is a letter', undefined, () => press('r', field)],
    ['Escape leaves a field too', 'back', () => press('Escape', field)],
    ['Ctrl+F is the browser’s', undefined, () => press('f', document.body, { ctrlKey: true })],
    ['an open dialog has its own Escape', undefined, () => press('Escape', inDialog)],
    [
      'a key of a list in the making is no shortcut',
      undefined,
      () => press('r', document.body, { isComposing: true }),
    ],
    ['single keys can be switched off', undefined, () => press('r', document.body, {}, false)],
    ['Escape cannot', 'back', () => press('Escape', document.body, {}, false)],
    ['another key does nothing', undefined, () => press('q')],
  ])('%s', (_what, action, act) => expect(act()).toBe(action));
});
