import { describe, expect, it } from 'vitest';
import { entitiesText } from './entity-text.ts';
import type { Entity, EntityKind } from './host/host-model.ts';

const entity = (kind: EntityKind, name: string): Entity => ({ kind, id: `${kind}:${name}`, name });

describe('things in a line', () => {
  it.each<[readonly Entity[], string]>([
    [[], ''],
    [[entity('team', 'Team1')], 'Team1 (team)'],
    [
      [entity('adapter', 'NIC1'), entity('team', 'T'), entity('adapter', 'NIC2')],
      'NIC1, NIC2 (adapters), T (team)',
    ],
    [['1', '2', '3', '4'].map((name) => entity('session', name)), '1, 2, 3 and 1 more (sessions)'],
  ])('%#', (entities, text) => {
    expect(entitiesText(entities, 3)).toBe(text);
  });
});
