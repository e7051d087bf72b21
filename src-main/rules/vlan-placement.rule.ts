/** A VLAN on a physical adapter under a vSwitch or in a team. */
import type { Adapter } from '#shared/host/host-model.ts';
import { memberAdapters } from '../path-graph/walks.ts';
import { driverSetting, netAdapterOf } from './adapter-facts.ts';
import { conclude, type Seen } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vlan-placement',
  severities: ['warning'],
  title: 'No physical adapter under a vSwitch or a team has a VLAN of its own',
  failureTitle: 'A physical adapter under a vSwitch or a team has a VLAN of its own',
  needs: ['NetAdapter', ['NetLbfoTeam', 'VMSwitch']],
  fixes: [],
  evaluate: (facts) => {
    const members = new Set(
      facts.model.teams.flatMap((team) => memberAdapters(facts.model, team).map(({ id }) => id)),
    );
    return conclude(facts, {
      things: facts.model.adapters.filter(({ id, vswitchId }) => vswitchId !== undefined || members.has(id)),
      see: (adapter) => see(facts, adapter),
      report: (bad) => {
        const said = bad.map(({ adapter, vlan }) => `${adapter.name}: VLAN ${vlan}`);
        return {
          severity: 'warning',
          message: `${listed(said)}: a physical adapter that a vSwitch or a team stands on should pass all VLANs; like this it drops the frames of every other VLAN, or they carry two tags.`,
          subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
          evidence: { adapters: said },
          advice:
            'Set the VLAN of the adapter to 0 and set VLANs on the ports of the vSwitch or on team NICs. The adapter restarts: one member after the other.',
        };
      },
      none: 'No adapter of this host stands under a vSwitch or in a team.',
      rests: ['NetLbfoTeam', 'NetLbfoTeamMember', 'VMSwitch', 'VMSwitchTeam'],
    });
  },
});

function see(facts: HostFacts, adapter: Adapter): Seen<{ adapter: Adapter; vlan: number }> {
  const told = netAdapterOf(facts, adapter)?.vlanId;
  const set = driverSetting(facts, adapter, 'VlanID');
  const vlan = [told, set].find((one) => typeof one === 'number' && one !== 0);
  if (typeof vlan === 'number') return { bad: { adapter, vlan } };
  return told === undefined && set === undefined
    ? { doubt: `The VLAN of ${adapter.name} is not known.` }
    : 'well';
}
