/** GUIDs, MAC addresses and other identities made from names, so that a scenario gives the same ones every time. */
import { createHash } from 'node:crypto';

/** `digits` hex digits, lower case, at most 64. */
export function hexOf(seed: string, digits: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, digits);
}

/** Lower case, without braces. */
export function guidOf(seed: string): string {
  const hex = hexOf(seed, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** `{GUID}` in upper case, as the network cmdlets write it. */
export function bracedGuidOf(seed: string): string {
  return `{${guidOf(seed).toUpperCase()}}`;
}

/** Twelve hex digits, upper case; `prefix` are the six of the maker (00155D is Hyper-V's own). */
export function macOf(seed: string, prefix: string): string {
  return `${prefix}${hexOf(seed, 6)}`.toUpperCase();
}

/** `AABBCCDDEEFF` → `AA-BB-CC-DD-EE-FF`. */
export function dashed(mac: string): string {
  return (mac.match(/../g) ?? []).join('-');
}
