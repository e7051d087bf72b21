import { describe, expect, it } from 'vitest';
import { demoCheck } from '../../src-main/testing/demo-check.ts';
import { hostTables } from '#shared/host-tables.ts';
import { routeText, selectedThing } from './selected-thing.ts';

const converged = demoCheck('converged-2012r2');
const onTeam = demoCheck('iscsi-on-team');

function thingOf(check: typeof converged, name: string) {
  const hop = check.graph.hops.find((candidate) => candidate.name === name);
  if (hop === undefined) throw new Error(`no hop ${name}`);
  return selectedThing(check, hostTables(check, undefined), hop.id);
}

describe('the selected thing', () => {
  it('has its facts as Windows names them, its routes, its findings and where that comes from', () => {
    const thing = thingOf(converged, 'NIC1');
    expect(thing).toMatchObject({ kind: 'Network adapter', name: 'NIC1' });
    expect(thing?.facts).toContainEqual({ label: 'Speed', text: '10 Gb/s', isMissing: false });
    expect(thing?.routes).toHaveLength(2);
    expect(thing?.findings.map(({ rule }) => rule)).toContain('same-member');
    expect(thing?.sources[0]).toEqual({ observation: 'NetAdapter', item: 'NIC1' });
    expect(thing?.parts.map(({ title }) => title)).toEqual(['Team members']);
    const [route] = thing?.routes ?? [];
    expect(route && routeText(route, converged)).toMatch(/ to vol1$/);
  });

  it('tells routes that a team may send there from those that certainly run there', () => {
    const member = thingOf(onTeam, 'NIC2');
    expect(member?.routes).toEqual([]);
    expect(member?.possibleRoutes).toHaveLength(1);
    expect(member?.targets).toHaveLength(1);
    expect(thingOf(onTeam, 'Team1')?.routes).toHaveLength(1);
  });

  it('carries no route where the host shows another member in use', () => {
    const idle = thingOf(converged, 'NIC2');
    expect([idle?.routes, idle?.possibleRoutes, idle?.targets]).toEqual([[], [], []]);
  });

  it('is nothing where no such thing is on the host', () => {
    expect(selectedThing(converged, hostTables(converged, undefined), 'adapter:gone')).toBeUndefined();
  });
});
