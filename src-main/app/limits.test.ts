import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLimitBroken } from './limits.ts';

const nested = (levels: number): unknown => (levels === 0 ? 1 : { inside: nested(levels - 1) });
const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('a request', () => {
  it.each<[string, unknown, RegExp]>([
    ['a long text', 'x'.repeat(4097), /text longer/],
    ['a long text inside', { a: ['x'.repeat(4097)] }, /text longer/],
    ['a long list', Array.from({ length: 10_001 }, () => 0), /list of more/],
    ['too many levels', nested(9), /8 levels/],
    ['itself inside', circle, /8 levels/],
    ['__proto__', JSON.parse('{"__proto__": {"isAdmin": true}}'), /not allowed/],
    ['constructor', { a: { constructor: 1 } }, /not allowed/],
    ['a long property name', { ['x'.repeat(4097)]: 1 }, /name that is too long/],
  ])('with %s is refused', (_what, request, reason) => {
    expect(findLimitBroken(request)).toMatch(reason);
  });

  it.each([[{}], [{ lookId: 'x'.repeat(4096) }], [nested(8)], [null], [undefined], [7], [[1, 2, 3]]])(
    '%# within the limits passes',
    (request) => {
      expect(findLimitBroken(request)).toBeUndefined();
    },
  );

  it('of any JSON gets an answer and never changes prototypes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        findLimitBroken(value);
        expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
      }),
    );
  });
});
