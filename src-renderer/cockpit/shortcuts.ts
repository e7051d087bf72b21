/** The keys of the cockpit, in one list: what they do is written here, and the page obeys the same list. */
export const shortcuts = [
  { key: '1', keys: '1 – 5', does: 'Findings, Targets, Selected, Changes, Host', action: 'tab' },
  { key: '2', does: '', action: 'tab' },
  { key: '3', does: '', action: 'tab' },
  { key: '4', does: '', action: 'tab' },
  { key: '5', does: '', action: 'tab' },
  { key: 'm', does: 'Path map', action: 'map' },
  { key: 'f', does: 'All findings', action: 'findings' },
  { key: 'w', does: 'What if', action: 'what-if' },
  { key: 'd', does: 'Spread of the traffic', action: 'spread' },
  { key: 'l', does: 'Live on or off', action: 'live' },
  { key: 'c', does: 'Compare with a capture file', action: 'compare' },
  { key: 's', does: 'Settings of this host', action: 'settings' },
  { key: 'h', does: 'History of changes', action: 'history' },
  { key: 't', does: 'Host tables', action: 'tables' },
  { key: '/', does: 'Search in the open table', action: 'search' },
  { key: 'r', does: 'Look again', action: 'look' },
  { key: 'Escape', keys: 'Esc', does: 'Back, or select nothing', action: 'back' },
  { key: 'a', does: 'About Switchyard, and licences', action: 'about' },
  { key: '?', does: 'This list', action: 'list' },
] as const satisfies readonly {
  readonly key: string;
  readonly keys?: string;
  readonly does: string;
  readonly action: string;
}[];

export type ShortcutAction = (typeof shortcuts)[number]['action'];

/**
 * What a key press asks for; undefined where it is meant for a field, for the browser, or for something that has
 * answered it already. Escape works everywhere but in an open dialog.
 */
export function shortcutOf(event: KeyboardEvent, isOn: boolean): ShortcutAction | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
    return undefined;
  const found = shortcuts.find(({ key }) => key === event.key);
  if (found === undefined) return undefined;
  const { target } = event;
  const isElement = target instanceof Element;
  if (isElement && target.closest('dialog[open]') !== null) return undefined;
  if (found.key === 'Escape') return found.action;
  const isField = isElement && target.closest('input, textarea, select, [contenteditable]') !== null;
  return isOn && !isField ? found.action : undefined;
}
