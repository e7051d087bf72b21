import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  bitsPerSecondOrNull,
  bool,
  dateOrNull,
  guid,
  guidOrNull,
  hexId64,
  ipAddress,
  listOf,
  macOrNull,
  text,
  textOrNull,
  trimmedText,
  wholeNumber,
  wholeNumberOrNull,
  word,
  wordOrOther,
} from './read-values.ts';

const refused = Symbol('refused');
type Rows = readonly (readonly [raw: unknown, read: unknown])[];

function table(name: string, schema: z.ZodType, rows: Rows): void {
  describe(name, () => {
    test.each(rows.map(([raw, read]) => ({ raw, read })))('$raw', ({ raw, read }) => {
      const parsed = schema.safeParse(raw);
      expect(parsed.success ? parsed.data : refused).toStrictEqual(read);
    });
  });
}

const teamingMode = word({ 0: 'Static', 1: 'SwitchIndependent', 2: 'Lacp' });

table('a word of a closed list', teamingMode, [
  ['SwitchIndependent', 'SwitchIndependent'],
  ['lacp', 'Lacp'],
  [' STATIC ', 'Static'],
  [0, 'Static'],
  ['2', 'Lacp'],
  [3, refused],
  ['3', refused],
  ['Dynamic', refused],
  ['constructor', refused],
  ['toString', refused],
  ['', refused],
  [null, refused],
  [[1], refused],
]);

table('a word of an open list', wordOrOther({ 0: 'Up', 1: 'Down' }), [
  [1, 'Down'],
  ['up', 'Up'],
  ['Degraded', 'Degraded'],
  [7, refused],
  ['7', refused],
  ['', refused],
  [null, refused],
]);

table('a whole number', wholeNumber, [
  [1500, 1500],
  ['1500', 1500],
  ['0x10', 16],
  [-1, -1],
  [4294967295, refused],
  ['18446744073709551615', refused],
  [Number('18446744073709551615'), refused],
  [1.5, refused],
  [Number.NaN, refused],
  ['1,500', refused],
  ['12abc', refused],
  ['9'.repeat(400), refused],
  [true, refused],
  [null, refused],
  [[1], refused],
]);

table('a whole number, or none', wholeNumberOrNull, [
  [0, 0],
  [null, null],
  ['', null],
  [4294967295, null],
  ['4294967295', null],
  ['0xFFFFFFFF', null],
  ['9223372036854775807', null],
  [Number('9223372036854775807'), null],
  ['18446744073709551615', null],
  ['1688849977704448', 1688849977704448],
  [{}, refused],
]);

table('a 64-bit identifier', hexId64, [
  ['0000000077050007', '0000000077050007'],
  ['0x0000000077050007', '0000000077050007'],
  ['FFFFFA800D008430', 'fffffa800d008430'],
  [1996816391, '0000000077050007'],
  ['1996816391', '0000000077050007'],
  ['18446738026613736496', 'fffffa800d008430'],
  [2 ** 60, refused],
  ['path', refused],
  [null, refused],
]);

table('true or false', bool, [
  [true, true],
  [0, false],
  [1, true],
  ['True', true],
  ['FALSE', false],
  ['Enabled', true],
  ['Disabled', false],
  [2, refused],
  ['', refused],
  ['maybe', refused],
  [null, refused],
  [[true], refused],
]);

const someGuid = '188c370d-ad90-46f3-8ad2-0c10afb6490c';

table('a GUID', guid, [
  ['{188C370D-AD90-46F3-8AD2-0C10AFB6490C}', someGuid],
  [someGuid, someGuid],
  ['188C370DAD9046F38AD20C10AFB6490C', someGuid],
  ['{188C370D}', refused],
  ['', refused],
  [null, refused],
]);

table('a GUID, or none', guidOrNull, [
  [`{${someGuid}}`, someGuid],
  ['00000000-0000-0000-0000-000000000000', null],
  ['', null],
  [null, null],
  ['none', refused],
]);

table('a MAC address, or none', macOrNull, [
  ['5C-6F-69-0E-75-5E', '5C-6F-69-0E-75-5E'],
  ['5c:6f:69:0e:75:5e', '5C-6F-69-0E-75-5E'],
  ['5c6f.690e.755e', '5C-6F-69-0E-75-5E'],
  ['5C6F690E755E', '5C-6F-69-0E-75-5E'],
  ['000000000000', null],
  ['', null],
  [null, null],
  ['00-00-00-00-00-00-00-E0', refused],
  ['5C6F690E755G', refused],
  [1234, refused],
]);

table('a link speed in bit/s, or none', bitsPerSecondOrNull, [
  [10000000000, 10000000000],
  ['10000000000', 10000000000],
  ['10 Gbps', 10000000000],
  ['2.5 Gbps', 2500000000],
  ['2,5 Gbps', 2500000000],
  ['426.0 Mbps', 426000000],
  ['3  Gbps', 3000000000],
  ['10\u00A0Gbps', 10000000000],
  ['0  bps', null],
  ['0 bps', null],
  [0, null],
  [4294967295, null],
  ['4294967295', null],
  ['18446744073709551615', null],
  [Number('18446744073709551615'), null],
  [Number('9223372036854775807'), null],
  ['', null],
  [null, null],
  [-1, refused],
  ['fast', refused],
  ['10 GB', refused],
]);

table('an address', ipAddress, [
  ['10.0.10.11', '10.0.10.11'],
  ['fe80::1%22', 'fe80::1'],
  ['FD00:10:1:0:0:0:0:101', 'fd00:10:1::101'],
  ['fd00:10:2:0::15', 'fd00:10:2::15'],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
  ['array01.corp.example', 'array01.corp.example'],
  ['%22', refused],
  ['', refused],
  [null, refused],
]);

table('a date, or none', dateOrNull, [
  ['2021-03-15', '2021-03-15'],
  ['2021-03-15T23:00:00.0000000Z', '2021-03-15'],
  ['/Date(1749592635804)/', '2025-06-10'],
  ['', null],
  [null, null],
  ['15.03.2021', refused],
  ['2021-99-99', refused],
  [1749592635804, refused],
]);

table('text', text, [
  [' NIC 1 ', ' NIC 1 '],
  ['', refused],
  [null, refused],
  [1, refused],
]);
table('text without blanks around it', trimmedText, [
  ['  MSFT    ', 'MSFT'],
  ['   ', refused],
]);
table('text, or none', textOrNull, [
  ['', null],
  [null, null],
  ['x', 'x'],
  [1, refused],
]);

table('a list', listOf(text), [
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  ['a', ['a']],
  [[], []],
  [null, []],
  ['', []],
  [{}, []],
  [{ value: ['a', 'b'], Count: 2 }, ['a', 'b']],
  [[null, 'a'], ['a']],
  [['a', 1], refused],
  [{ a: 1 }, refused],
]);

test('no reader throws on any value that JSON can hold', () => {
  const readers = [
    teamingMode,
    wholeNumberOrNull,
    hexId64,
    bool,
    guidOrNull,
    macOrNull,
    bitsPerSecondOrNull,
    ipAddress,
    dateOrNull,
    listOf(listOf(wholeNumber)),
  ];
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const reader of readers) reader.safeParse(value);
    }),
  );
});
