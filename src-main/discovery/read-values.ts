/**
 * Readers of single raw values: what cmdlets write in one form on one Windows and in another on the next, brought
 * into one form. A value that cannot be read fails its schema; it never becomes 0, false or an empty text.
 *
 * Names that end in `OrNull` also accept what Windows writes for "nothing there" and answer null; the others refuse it.
 */
import { isIP } from 'node:net';
import * as z from 'zod';

/** The issue of a value that has the right place but not a form we know. */
function refuse(context: z.core.$RefinementCtx, expected: string): never {
  context.addIssue({ code: 'custom', message: `is not ${expected}` });
  return z.NEVER;
}

/** Text that is there, exactly as written. */
export const text = z.string().min(1, 'is empty');

/** Text without the blanks around it: serial numbers, vendor and product ids are padded to their field's width. */
export const trimmedText = z.string().transform((value, context) => {
  const trimmed = value.trim();
  return trimmed === '' ? refuse(context, 'text') : trimmed;
});

/** Text, or null where it is empty. */
export const textOrNull = z
  .string()
  .nullable()
  .transform((value) => (value === null || value === '' ? null : value));

/** Text without the blanks around it, or null where nothing is left. */
export const trimmedTextOrNull = z
  .string()
  .nullable()
  .transform((value) => {
    const trimmed = value?.trim() ?? '';
    return trimmed === '' ? null : trimmed;
  });

/** Text, also empty, and also where a number or a boolean was written in its place. */
export const textOrNumber = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What Windows writes for "not set": all ones in 32, 63 and 64 bits. */
const noValues = new Set([0xffff_ffffn, 0x7fff_ffff_ffff_ffffn, 0xffff_ffff_ffff_ffffn]);
/** The same as a JSON reader rounds them. From 2^63 up no figure of a host is meant. */
const roundedNoValue = 2 ** 63;

/** A 64-bit whole number in any of its forms: number, decimal text, text with `0x`. Undefined where it is none. */
function wholeBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const digits = value.trim();
  return /^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/i.test(digits) ? BigInt(digits) : undefined;
}

function isNoValue(value: unknown, whole: bigint): boolean {
  return noValues.has(whole) || (typeof value === 'number' && value >= roundedNoValue);
}

/** A whole number in any form; null for nothing or one of the "not set" numbers. Beyond 2^53 it is rounded. */
export const wholeNumberOrNull = z.unknown().transform((value, context): number | null => {
  if (value === null || value === '') return null;
  const whole = wholeBigInt(value);
  if (whole === undefined) return refuse(context, 'a whole number');
  return isNoValue(value, whole) ? null : Number(whole);
});

/** A whole number in any form. Beyond 2^53 it is rounded. */
export const wholeNumber = wholeNumberOrNull.transform((value, context) =>
  value === null ? refuse(context, 'a whole number') : value,
);

/** A whole number that is 0 or more. */
export const countNumber = wholeNumber.transform((value, context) =>
  value < 0 ? refuse(context, 'a count') : value,
);

/** A 64-bit identifier as 16 hex digits in lower case. Exactly 16 digits are hex already, shorter ones decimal. */
export const hexId64 = z.unknown().transform((value, context): string => {
  const hex = typeof value === 'string' ? /^(?:0x)?([0-9a-f]{16})$/i.exec(value.trim())?.[1] : undefined;
  if (hex !== undefined) return hex.toLowerCase();
  const whole = wholeBigInt(value);
  if (whole === undefined || (typeof value === 'number' && !Number.isSafeInteger(value)))
    return refuse(context, 'a 64-bit identifier');
  return BigInt.asUintN(64, whole).toString(16).padStart(16, '0');
});

const yes = new Set(['true', 'enabled', 'yes', '1']);
const no = new Set(['false', 'disabled', 'no', '0']);

/** A boolean as such, as 0 or 1, or as the word that a cmdlet shows. */
export const bool = z.unknown().transform((value, context): boolean => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'string') {
    const word = String(value).trim().toLowerCase();
    if (yes.has(word)) return true;
    if (no.has(word)) return false;
  }
  return refuse(context, 'true or false');
});

/** Words by number, as the class behind a cmdlet defines them. */
export type WordsByNumber = Readonly<Record<number, string>>;

function wordOf(words: WordsByNumber, value: unknown): string | undefined {
  const whole = wholeBigInt(value);
  if (whole !== undefined) {
    const number = Number(whole);
    return Object.hasOwn(words, number) ? words[number] : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const asked = value.trim().toLowerCase();
  return Object.values(words).find((word) => word.toLowerCase() === asked);
}

/** One of the words, written as the word in any case or as its number. */
export function word<const W extends WordsByNumber>(words: W) {
  const known = [...new Set(Object.values(words))].join(', ');
  return z
    .unknown()
    .transform(
      (value, context): W[keyof W] =>
        (wordOf(words, value) as W[keyof W] | undefined) ?? refuse(context, `one of ${known}`),
    );
}

/** One of the words by word or number; another word stays as it is, since later releases add some. */
export function wordOrOther(words: WordsByNumber) {
  return z.unknown().transform((value, context): string => {
    const found = wordOf(words, value);
    if (found !== undefined) return found;
    return typeof value === 'string' && value.trim() !== '' && wholeBigInt(value) === undefined
      ? value.trim()
      : refuse(context, 'a known word');
  });
}

const guidForm = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

function guidOf(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? guidForm.exec(value.trim()) : null;
  return parts === null ? undefined : parts.slice(1).join('-').toLowerCase();
}

/** A GUID with or without braces, in lower case without. */
export const guid = z
  .unknown()
  .transform((value, context): string => guidOf(value) ?? refuse(context, 'a GUID'));

/** A GUID; null where it is empty or all zeros. */
export const guidOrNull = z.unknown().transform((value, context): string | null => {
  if (value === null || value === '') return null;
  const found = guidOf(value);
  if (found === undefined) return refuse(context, 'a GUID');
  return /^[0-]+$/.test(found) ? null : found;
});

/** A MAC address with dashes, colons, dots or nothing between its digits, as `AA-BB-CC-DD-EE-FF`; null where empty or all zeros. */
export const macOrNull = z.unknown().transform((value, context): string | null => {
  if (value === null || value === '') return null;
  const digits = typeof value === 'string' ? value.replace(/[-:.\s]/g, '') : '';
  if (!/^[0-9a-f]{12}$/i.test(digits)) return refuse(context, 'a MAC address');
  return /^0+$/.test(digits) ? null : (digits.toUpperCase().match(/../g) ?? []).join('-');
});

const speedSteps: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** bit/s from the text of a table: `10 Gbps`, `2,5 Gbps`, `0  bps`. The decimal mark follows the culture. */
function speedOfText(value: string): number | undefined {
  const parts = /^(\d{1,15})(?:[.,](\d{1,6}))?\s*([kmgt]?)(?:bps|bit\/s|b\/s)$/i.exec(value.trim());
  if (parts === null) return undefined;
  const step = speedSteps[(parts[3] ?? '').toLowerCase()];
  return step === undefined ? undefined : Math.round(Number(`${parts[1] ?? ''}.${parts[2] ?? '0'}`) * step);
}

/** A link speed in bit/s, from a number or from the text of a table; null where Windows reports none, also as 0. */
export const bitsPerSecondOrNull = z.unknown().transform((value, context): number | null => {
  if (value === null || value === '') return null;
  const ofText = typeof value === 'string' ? speedOfText(value) : undefined;
  const whole = ofText === undefined ? wholeBigInt(value) : BigInt(ofText);
  if (whole === undefined || whole < 0n) return refuse(context, 'a link speed');
  return whole === 0n || isNoValue(value, whole) ? null : Number(whole);
});

/** An address without the zone that follows `%` in a link-local one. */
export const ipAddress = z.string().transform((value, context): string => {
  const address = value.trim().replace(/%.*$/s, '');
  return address === '' ? refuse(context, 'an address') : oneSpelling(address);
});

/** IPv6 as RFC 5952 writes it, so that what two cmdlets spell differently is one text; everything else as it is. */
export function oneSpelling(address: string): string {
  return isIP(address) === 6 && !address.includes('.')
    ? new URL(`http://[${address}]/`).hostname.slice(1, -1)
    : address;
}

/** The moment of a JSON date as Windows PowerShell 5.1 writes it, of an ISO text, or undefined. */
function momentOf(value: string): Date | undefined {
  const milliseconds = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
  if (milliseconds === undefined && !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const moment = new Date(milliseconds === undefined ? value : Number(milliseconds));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** `yyyy-MM-dd`; null where empty. The date stays the one that was written, whatever its time zone. */
export const dateOrNull = z.unknown().transform((value, context): string | null => {
  if (value === null || value === '') return null;
  const moment = typeof value === 'string' ? momentOf(value.trim()) : undefined;
  if (typeof value !== 'string' || moment === undefined) return refuse(context, 'a date');
  return /^\d{4}-\d\d-\d\d/.exec(value.trim())?.[0] ?? moment.toISOString().slice(0, 10);
});

/** The list in a value that PowerShell may have unrolled: one element stands alone, none is null, `""` or `{}`. */
function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === '') return [];
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    if (keys.length === 0) return [];
    // ConvertTo-Json of 5.1 wraps an array that carries an added Count property.
    if (keys.length === 2 && Object.hasOwn(value, 'value') && Object.hasOwn(value, 'Count')) {
      const inner = (value as { value: unknown }).value;
      if (Array.isArray(inner)) return inner;
    }
  }
  return [value];
}

/**
 * A list, also of one element that stands alone or of none. Elements that are null are left out; one that cannot be
 * read fails the whole list, because a shorter list would say that it is not there.
 */
export function listOf<T>(element: z.ZodType<T>): z.ZodType<T[]> {
  return z.preprocess(
    (value) => elementsOf(value).filter((each) => each !== null && each !== undefined),
    z.array(element),
  );
}
