/**
 * Property tests try other hosts each time somebody runs them, and the same in every run of the whole check: that one
 * judges a change, and must not fail for a host that no change has to do with.
 */
import process from 'node:process';
import fc from 'fast-check';

const seed = process.env['SWITCHYARD_SEED'];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
