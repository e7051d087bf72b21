import { expect, it } from 'vitest';
import { csvRow } from './csv.ts';

it.each<[readonly (string | number)[], string]>([
  [['a', 1, -2.5], 'a,1,-2.5\r\n'],
  [['NIC "1", left', 'two\nlines'], '"NIC ""1"", left","two\nlines"\r\n'],
  [['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '|calc', 'a=b'], "'=1+1,'+1,'-1,'@SUM(A1),'\tx,'|calc,a=b\r\n"],
  [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
  [['', 'Größe 日本'], ',Größe 日本\r\n'],
])('writes %j', (values, row) => {
  expect(csvRow(values)).toBe(row);
});
