import { expect, it } from 'vitest';
import { nodeTooOld } from './node-version.ts';

it('an old Node.js is told so in plain words, and a new one nothing', () => {
  expect(nodeTooOld('20.19.4')).toContain('needs Node.js 22 or newer, and this is 20.19.4');
  expect(['22.12.0', '24.21.0', '100.0.0'].map(nodeTooOld)).toEqual([undefined, undefined, undefined]);
});
