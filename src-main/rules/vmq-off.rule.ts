/** Virtual machine queues switched off on fast adapters under a vSwitch. */
import { recordOf, teamsWithMembers } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'vmq-off',
  severities: ['warning'],
  title: 'Fast adapters under a vSwitch have their queues for virtual machines on',
  failureTitle: 'Virtual machine queues are off on a fast adapter',
  needs: ['NetAdapter', 'VMSwitch', 'NetAdapterVmq'],
  fixes: [],
  thresholds: {
    fromGigabits: {
      value: 10,
      unit: 'Gbit/s',
      says: 'Below this speed one processor keeps up without the queues.',
    },
  },
  evaluate: (facts, { fromGigabits }) => {
    const underSwitch = new Set(
      teamsWithMembers(facts).flatMap(({ team, members }) =>
        team.vswitchId === undefined ? [] : members.map(({ id }) => id),
      ),
    );
    return conclude(facts, {
      things: facts.model.adapters.filter(
        ({ role, vswitchId, id }) => role === 'physical' && (vswitchId !== undefined || underSwitch.has(id)),
      ),
      see: (adapter) => {
        // Get-NetAdapterVmq lists only adapters that can do it.
        const vmq = recordOf(facts, 'NetAdapterVmq', adapter);
        if (vmq === undefined) return 'not-about';
        const speed = adapter.speedBitsPerSecond;
        if (vmq.enabled || speed === null) return 'well';
        if (speed === undefined) return { doubt: `The speed of ${adapter.name} is not known.` };
        return speed >= fromGigabits * 1e9 ? { bad: adapter } : 'well';
      },
      report: ([first, ...others]) => {
        const names = [first, ...others].map(({ name }) => name);
        return {
          severity: 'warning',
          message: `Virtual machine queues are off on ${listed(names)} under a vSwitch: one processor handles everything that comes in over ${names.length === 1 ? 'it' : 'each of them'}, which was measured to end at about 4.5 Gb/s.`,
          subjects: [first, ...others],
          evidence: { adapters: names, fromBitsPerSecond: fromGigabits * 1e9 },
          advice:
            'Switch them on (Enable-NetAdapterVmq), one adapter at a time; that restarts it. If they were switched off because of a fault of the driver, update the driver first.',
        };
      },
      none: 'No adapter under a vSwitch of this host has queues for virtual machines.',
      rests: ['NetAdapter', 'VMSwitch', 'VMSwitchTeam', 'NetLbfoTeam', 'NetLbfoTeamMember', 'NetAdapterVmq'],
    });
  },
});
