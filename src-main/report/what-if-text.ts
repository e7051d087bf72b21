/** A simulation, an expectation and a pairing as lines for a terminal. */
import { entitiesText } from '#shared/entity-text.ts';
import type { Finding } from '#shared/finding.ts';
import type { HostOrigin } from '#shared/host-state.ts';
import { originText } from '#shared/origin-text.ts';
import { formatBitsPerSecond, formatBytesPerSecond } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { severityText } from '#shared/waived-text.ts';
import { pairWords, type Pairing, type PairState } from '#shared/pairing.ts';
import type { Expectation, Fate, WhatIfAnswer } from '#shared/what-if.ts';
import { Page, type Style, type TextOptions } from './text-page.ts';
import { textWidth } from './text-width.ts';

const simulationNotice = 'SIMULATION: nothing on the host is changed.';

const namesShown = 8;

const fateHeads: Readonly<Record<Fate, { readonly word: string; readonly style?: Style }>> = {
  lost: { word: 'LOST', style: 'red' },
  slower: { word: 'SLOWER', style: 'yellow' },
  'fewer-paths': { word: 'FEWER PATHS', style: 'yellow' },
  changed: { word: 'CHANGED', style: 'blue' },
  faster: { word: 'FASTER', style: 'blue' },
  new: { word: 'NEW', style: 'blue' },
  same: { word: 'SAME' },
};

const kinds = { iscsi: 'iSCSI', smb: 'SMB', disk: 'disk' } as const;

/** Ends without a line end. Lost targets come first; targets that stay as they are share one line. */
export function renderWhatIfText(answer: WhatIfAnswer, origin: HostOrigin, options: TextOptions): string {
  const page = new Page(options);
  const { comparison, notes } = answer;
  page.wrapped(simulationNotice, 'bold');
  page.wrapped(`${visibleText(answer.check.host.name)}: ${originText(origin)}`);
  for (const { text } of answer.changes) page.hanging('  - ', 4, text);
  page.blank();
  page.wrapped(comparison.summary, 'bold');
  page.heading('Targets');
  for (const target of comparison.targets.filter(({ fate }) => fate !== 'same')) {
    const { word, style } = fateHeads[target.fate];
    page.hanging(`  ${page.styled(word, style)}  `, word.length + 4, target.name, 'bold');
    page.wrapped(target.text, undefined, 4);
    if (target.limitedBy.length > 0) {
      page.field('Single stream', `limited by ${entitiesText(target.limitedBy, namesShown)}`, 4);
    }
  }
  const same = comparison.targets.filter(({ fate }) => fate === 'same');
  if (same.length > 0) page.wrapped(`Unchanged: ${same.map(({ name }) => name).join(', ')}.`, undefined, 2);
  if (comparison.targets.length === 0) page.wrapped('The host reaches no storage target.', undefined, 2);
  if (comparison.lostDisks.length > 0) {
    page.field('Disks lost', entitiesText(comparison.lostDisks, namesShown));
  }
  if (comparison.lostShares.length > 0) {
    page.field('Shares lost', entitiesText(comparison.lostShares, namesShown));
  }
  renderFindings(page, answer);
  if (notes.length > 0) {
    page.heading('What this rests on');
    for (const note of notes) page.wrapped(note, undefined, 2);
  }
  return page.text();
}

function renderFindings(page: Page, { comparison }: WhatIfAnswer): void {
  const { come, go, differ } = comparison.findings;
  if (come.length + go.length + differ.length + comparison.noLongerEvaluated.length === 0) return;
  page.heading('Findings');
  const waived = (finding: Finding): string => (finding.waived === undefined ? '' : ', waived');
  for (const finding of come) {
    const severity = severityText(finding).toUpperCase();
    page.hanging('  + ', 4, `${severity}  ${finding.title} [${finding.rule}]`, 'bold');
    page.wrapped(finding.message, undefined, 4);
  }
  for (const finding of go) {
    page.hanging('  - ', 4, `goes away${waived(finding)}: ${finding.title} [${finding.rule}]`);
  }
  for (const { finding } of differ) {
    const how = `still there${waived(finding)}, about something else`;
    page.hanging('  ~ ', 4, `${how}: ${finding.title} [${finding.rule}]`);
    page.wrapped(finding.message, undefined, 4);
  }
  for (const { rule, reason } of comparison.noLongerEvaluated) {
    page.hanging('  ? ', 4, `no longer evaluated: ${rule}. ${reason}`);
  }
}

const barWidth = 30;

/** One target after another: bars on one scale, then the account from link to payload. */
export function renderExpectationText(expectations: readonly Expectation[], options: TextOptions): string {
  const page = new Page(options);
  for (const [index, expectation] of expectations.entries()) {
    if (index > 0) page.blank();
    page.wrapped(`${expectation.name} (${kinds[expectation.kind]})`, 'bold');
    page.wrapped(expectation.text, undefined, 2);
    // Where nothing is known the sentence has said why.
    if (expectation.bars.every(({ bitsPerSecond }) => bitsPerSecond === null)) continue;
    const { measured } = expectation;
    const most = Math.max(
      1,
      measured?.p95BitsPerSecond ?? 0,
      ...expectation.bars.map(({ bitsPerSecond }) => bitsPerSecond ?? 0),
    );
    const cells = (bitsPerSecond: number): number => Math.round((bitsPerSecond / most) * barWidth);
    for (const { name, bitsPerSecond, bytesPerSecond, unknownBecause } of expectation.bars) {
      const label = `  ${name.padEnd(14)}`;
      if (bitsPerSecond === null) {
        page.hanging(label, textWidth(label), `not known. ${unknownBecause ?? ''}`);
        continue;
      }
      const filled = Math.max(1, cells(bitsPerSecond));
      const payload = bytesPerSecond === null ? '' : `  ${formatBytesPerSecond(bytesPerSecond)}`;
      page.line(
        `${label}${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}  ${formatBitsPerSecond(bitsPerSecond).padStart(9)}${payload}`,
      );
    }
    if (measured !== undefined) {
      const usual = cells(measured.medianBitsPerSecond);
      const seldom = Math.max(usual, cells(measured.p95BitsPerSecond));
      page.line(
        `  ${'measured'.padEnd(14)}${'█'.repeat(usual)}${'▒'.repeat(seldom - usual)}${'·'.repeat(barWidth - seldom)}  ${formatBitsPerSecond(measured.p95BitsPerSecond).padStart(9)}  ${formatBytesPerSecond(measured.p95)}`,
      );
    }
    const [held] = expectation.bars.toReversed().filter(({ limitedBy }) => limitedBy.length > 0);
    if (held !== undefined) {
      page.field('Limited by', `${entitiesText(held.limitedBy, namesShown)} (${held.name})`);
    }
    if (measured !== undefined) {
      const { direction, median, p95, from } = measured;
      page.field(
        'Measured',
        `${direction === 'read' ? 'reading' : 'writing'}, median ${formatBytesPerSecond(median)}, 95th percentile ${formatBytesPerSecond(p95)}. ${from}`,
      );
    }
    page.line('  From the link to the data:', 'dim');
    for (const { what, bytes, because } of expectation.overhead.lines) {
      const number = bytes === undefined ? '' : `${bytes > 0 ? '' : '-'}${Math.abs(bytes)}`;
      const label = `    ${what.padEnd(15)}${number.padStart(6)}  `;
      page.hanging(label, textWidth(label), because);
    }
    for (const assumption of expectation.assumptions) page.field('Assumed', assumption);
  }
  return page.text();
}

const pairSigns: Readonly<Record<PairState, string>> = {
  paired: '●',
  repeated: '◉',
  down: '✕',
  missing: '○',
  optional: '·',
  'adds-nothing': '=',
  impossible: '–',
};

/** Initiator addresses against portals; each sign with its word below. */
export function renderPairingText(pairings: readonly Pairing[], options: TextOptions): string {
  const page = new Page(options);
  for (const [index, pairing] of pairings.entries()) {
    if (index > 0) page.blank();
    page.wrapped(pairing.name, 'bold');
    page.wrapped(pairing.text, undefined, 2);
    renderGrid(page, pairing);
    for (const { session, because } of pairing.unplaced) {
      page.wrapped(`Session ${session.name}: ${because}`, undefined, 2);
    }
    for (const note of pairing.notes) page.wrapped(note, undefined, 2);
  }
  return page.text();
}

function renderGrid(page: Page, { initiators, portals, cells }: Pairing): void {
  if (initiators.length === 0 || portals.length === 0) return;
  page.blank();
  for (const [index, portal] of portals.entries()) page.line(`  ${columnName(index)}  ${portal.name}`);
  page.blank();
  const names = initiators.map(
    ({ name, interface: held }) => `${visibleText(name)}  ${visibleText(held.name)}`,
  );
  const widest = Math.min(48, Math.max(...names.map(textWidth)));
  page.line(`  ${' '.repeat(widest)}  ${portals.map((_, index) => columnName(index)).join(' ')}`);
  for (const [row, initiator] of initiators.entries()) {
    const signs = portals.map((portal) => {
      const cell = cells.find(
        ({ initiatorId, portalId }) => initiatorId === initiator.id && portalId === portal.id,
      );
      return cell === undefined ? '  ' : `${pairSigns[cell.state]} `;
    });
    const name = names[row] ?? '';
    page.line(`  ${name}${' '.repeat(Math.max(0, widest - textWidth(name)))}  ${signs.join(' ')}`.trimEnd());
  }
  page.blank();
  const used = (Object.keys(pairSigns) as PairState[]).filter((state) =>
    cells.some((cell) => cell.state === state),
  );
  page.wrapped(used.map((state) => `${pairSigns[state]} ${pairWords[state]}`).join('   '), 'dim', 2);
  for (const cell of cells.filter(
    ({ state }) => state === 'missing' || state === 'down' || state === 'repeated',
  )) {
    const from = initiators.find(({ id }) => id === cell.initiatorId)?.name ?? '';
    const to = portals.find(({ id }) => id === cell.portalId)?.name ?? '';
    page.field(pairWords[cell.state], `${from} to ${to}: ${cell.because}`);
  }
}

/** `P1`, `P2`, ...: portals are too long to stand above a column. */
function columnName(index: number): string {
  return `P${index + 1}`.padEnd(2);
}
