/** What a person has to know of the look itself before reading its answers: calm, lasting, with the remedy. */
import type { Check } from './finding.ts';
import type { LookRecord } from './observed.ts';

export interface HostNote {
  readonly id: 'not-elevated' | 'language-mode' | 'other-version' | 'redacted';
  readonly text: string;
  readonly remedy?: string;
}

const refusing = new Set(['not-elevated', 'access-denied']);

function counted(count: number): string {
  return `${count} ${count === 1 ? 'observation' : 'observations'}`;
}

/** `record` undefined: what it says is not known yet. */
export function hostNotes(
  check: Pick<Check, 'host' | 'gaps' | 'source'>,
  record: LookRecord | undefined,
): readonly HostNote[] {
  const notes: HostNote[] = [];
  const { elevated, languageMode } = check.host;
  const refused = check.gaps.filter(({ error }) => error !== undefined && refusing.has(error.kind)).length;
  if (!elevated && refused > 0) {
    notes.push({
      id: 'not-elevated',
      text: `Not elevated: ${counted(refused)} need administrator rights and are missing here.`,
      remedy:
        check.source === 'capture'
          ? 'Take the capture again from an elevated prompt to see everything.'
          : 'Start Switchyard from an elevated prompt to see everything.',
    });
  }
  if (languageMode !== undefined && languageMode !== 'FullLanguage') {
    notes.push({
      id: 'language-mode',
      text: `PowerShell runs in ${languageMode}: it refuses most of what Switchyard asks.`,
      remedy:
        'An application control policy of the host sets that: start Switchyard where PowerShell runs in full language mode.',
    });
  }
  const unasked = check.gaps.filter(({ status }) => status === 'not-asked').length;
  const unknown = record?.unknownNames.length ?? 0;
  if (check.source === 'capture' && (unasked > 0 || unknown > 0)) {
    const parts = [
      ...(unasked > 0 ? [`it lacks ${counted(unasked)} that this version reads`] : []),
      ...(unknown > 0 ? [`it has ${counted(unknown)} that this version does not know`] : []),
    ];
    const by = record === undefined ? '' : ` by ${record.tool.name} ${record.tool.version}`;
    notes.push({ id: 'other-version', text: `The capture was written${by}: ${parts.join(', ')}.` });
  }
  if (record?.redacted === true) {
    notes.push({
      id: 'redacted',
      text: 'Names, addresses and serial numbers are stand-ins: the capture is redacted.',
    });
  }
  return notes;
}
