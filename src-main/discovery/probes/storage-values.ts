/** Readers of values that several storage probes share. */
import { isIP } from 'node:net';
import * as z from 'zod';
import { countNumber, oneSpelling, word } from '../read-values.ts';

/** A local address; null where the login did not name one, which Windows writes as nothing or as "any". */
export const boundAddressOrNull = z
  .string()
  .nullable()
  .transform((value, context): string | null => {
    const address = (value ?? '').trim().replace(/%.*$/s, '');
    if (address === '' || address === '0.0.0.0' || address === '::') return null;
    if (isIP(address) !== 0) return oneSpelling(address);
    context.addIssue({ code: 'custom', message: 'is not an address' });
    return z.NEVER;
  });

/** A TCP port as Windows shows it. */
export const portNumber = countNumber.refine((port) => port <= 65_535, 'is not a port');

/** Codes of MPIO's load balancing policies by their numbers. */
export const mpioPolicies = {
  1: 'FOO',
  2: 'RR',
  3: 'RRWS',
  4: 'LQD',
  5: 'WP',
  6: 'LB',
  7: 'VS',
} as const;

/** `\\Device\\MPIODisk3` and `MPIO Disk3` are the number 3, by which mpclaim knows the disk. */
export const mpioNumber = z.string().transform((value, context) => {
  const digits = /MPIO ?Disk(\d{1,5})$/i.exec(value.trim())?.[1];
  if (digits !== undefined) return Number(digits);
  context.addIssue({ code: 'custom', message: 'is not the name of an MPIO disk' });
  return z.NEVER;
});

/** `005|000|007|001` and `5|0|7|1` are one address; undefined where it is none. */
export function scsiAddressOf(text: string): string | undefined {
  const parts = text.trim().split('|');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  return parts.map(Number).join('|');
}

export const scsiAddress = z.string().transform((value, context) => {
  const address = scsiAddressOf(value);
  if (address !== undefined) return address;
  context.addIssue({ code: 'custom', message: 'is not a SCSI address' });
  return z.NEVER;
});

export const smbInstance = word({ 0: 'Default', 1: 'CSV', 2: 'SBL', 3: 'SR' } as const);
