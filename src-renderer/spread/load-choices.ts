/** What can be read to prove a target's paths: its disks, and the shares whose files are listed when they are chosen. */
import type { Check } from '#shared/finding.ts';
import { shortName } from '#shared/short-name.ts';
import { formatAmount } from '#shared/units.ts';

interface LoadChoice {
  /** Of an option. */
  readonly value: string;
  readonly text: string;
  readonly source: { readonly kind: 'disk'; readonly number: number } | { readonly shareId: string };
}

export interface LoadChoices {
  readonly targetId: string;
  readonly title: string;
  readonly choices: readonly LoadChoice[];
}

export function loadChoices({ targets, model }: Pick<Check, 'targets' | 'model'>): readonly LoadChoices[] {
  return targets
    .map(({ id, name, diskNumbers }): LoadChoices => {
      const disks = model.disks.filter(({ number }) => diskNumbers.includes(number));
      const shares = model.smbServers.find((server) => server.id === id)?.shares ?? [];
      return {
        targetId: id,
        title: shortName({ kind: 'target', id, name }),
        choices: [
          ...disks.map((disk) => ({
            value: `disk ${disk.number}`,
            text: `${disk.name}${disk.sizeBytes === undefined ? '' : ` (${formatAmount(disk.sizeBytes)})`}`,
            source: { kind: 'disk' as const, number: disk.number },
          })),
          // Windows keeps the others for itself.
          ...shares
            .filter(({ shareName }) => !shareName.endsWith('$'))
            .map((share) => ({
              value: `share ${share.id}`,
              text: `a file on ${share.shareName}`,
              source: { shareId: share.id },
            })),
        ],
      };
    })
    .filter(({ choices }) => choices.length > 0);
}
