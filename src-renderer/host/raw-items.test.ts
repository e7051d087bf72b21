import { describe, expect, it } from 'vitest';
import { rawProperties, rawTitle, searchItems } from './raw-items.ts';

const items = [
  { Name: 'NIC1', Speed: 1_000_000_000, Team: null },
  { InstanceID: 'ROOT\\ISCSIPRT\\0000', Paths: [{ State: 'Active' }], Odd: 'a\u202Eb' },
];

describe('a raw item', () => {
  it('is shown with the names and values of the host, invisible characters spelt out', () => {
    expect(rawProperties(items[0] ?? {})).toEqual([
      ['Name', 'NIC1'],
      ['Speed', '1000000000'],
      ['Team', 'null'],
    ]);
    expect(rawProperties(items[1] ?? {})[1]?.[1]).toBe('[{"State":"Active"}]');
    expect(rawProperties(items[1] ?? {})[2]?.[1]).toBe('a\\u202Eb');
  });

  it.each([
    [items[0], 'NIC1'],
    [items[1], 'ROOT\\ISCSIPRT\\0000'],
    [{ Deep: { a: 1 } }, undefined],
  ])('is called by what names it', (item, title) => {
    expect(rawTitle(item ?? {})).toBe(title);
  });

  it.each([
    ['', 2],
    ['nic1', 1],
    ['iscsiprt\\0000 active', 1],
    ['STATE', 1],
    ['absent', 0],
  ])('is found by "%s": %d', (search, count) => {
    expect(searchItems(items, search)).toHaveLength(count);
  });
});
