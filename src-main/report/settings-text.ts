/** What is set for a host, as lines for a terminal. */
import { formatInstant } from '#shared/age.ts';
import type { SettingsState, ThresholdState } from '#shared/settings.ts';
import { roleWords } from '#shared/settings.ts';
import { formatBitsPerSecond } from '#shared/units.ts';
import { waivedText } from '#shared/waived-text.ts';
import { Page, type TextOptions } from './text-page.ts';

/** "6 years", with where it is from. */
export function thresholdText({ value, unit, preset, from }: ThresholdState): string {
  return `${value} ${unit}${from === 'settings' ? ` (set; ${preset} otherwise)` : ''}`;
}

export function renderSettingsText(state: SettingsState, options: TextOptions): string {
  const page = new Page(options);
  const { waivers, thresholds, roles, links, profile, profiles, baseline, ignored } = state;
  page.wrapped(`${state.host}: settings`, 'bold');
  page.field('From', state.from);
  for (const sentence of ignored) page.field('Ignored', sentence);
  page.heading('Waivers');
  if (waivers.length === 0) page.wrapped('None.', undefined, 2);
  for (const waiver of waivers) {
    page.wrapped(`${waiver.key}${waiver.isExpired ? ' (has run out, and no longer counts)' : ''}`, 'bold', 2);
    page.wrapped(waivedText(waiver), undefined, 4);
  }
  page.heading('What interfaces are for');
  const told = Object.entries(roles);
  if (told.length === 0) page.wrapped('As Switchyard works it out.', undefined, 2);
  for (const [name, uses] of told) {
    page.wrapped(`${name}: ${uses.map((role) => roleWords[role]).join(', ')}`, undefined, 2);
  }
  page.heading('Links of targets');
  if (links.length === 0) page.wrapped('None told: they are taken as unlimited.', undefined, 2);
  for (const { id, portals } of links) {
    page.wrapped(id, undefined, 2);
    for (const { address, bitsPerSecond } of portals) {
      page.wrapped(`${address}  ${formatBitsPerSecond(bitsPerSecond)}`, undefined, 4);
    }
  }
  page.heading('Vendor profile');
  const chosen = profiles.find(({ id }) => id === profile);
  page.wrapped(
    chosen === undefined
      ? 'None: timers are not compared.'
      : `${chosen.id}: ${chosen.name}. ${chosen.source}`,
    undefined,
    2,
  );
  page.heading('Baseline');
  page.wrapped(
    baseline === undefined
      ? 'None is pinned.'
      : `The look at ${baseline.host} of ${formatInstant(baseline.takenAt)}.`,
    undefined,
    2,
  );
  page.heading('Thresholds');
  for (const threshold of thresholds) {
    page.wrapped(`${threshold.id} = ${thresholdText(threshold)}`, undefined, 2);
    page.wrapped(threshold.says, 'dim', 4);
  }
  return page.text();
}
