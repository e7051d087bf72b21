/** Protocols bound to a physical adapter that a vSwitch stands on alone; of teams member-bindings tells. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { boundProtocols } from './bound-protocols.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'uplink-bindings',
  severities: ['warning'],
  title: 'Adapters under a vSwitch carry no protocols of their own',
  failureTitle: 'Protocols are bound to an adapter under a vSwitch',
  needs: ['NetAdapter', 'NetAdapterBinding', 'VMSwitch'],
  fixes: [],
  evaluate: (facts) => {
    const { model } = facts;
    const names = new Map(model.vswitches.map(({ id, name }) => [id, name]));
    return conclude(facts, {
      things: model.adapters.filter(
        ({ vswitchId, teamId, role }) =>
          vswitchId !== undefined && teamId === undefined && role === 'physical',
      ),
      see: (adapter) => {
        if (adapter.enabledBindings === undefined) {
          return { doubt: `The bindings of ${adapter.name} are not known.` };
        }
        // Without its own binding the vSwitch does not hold the adapter, and its protocols are in order.
        if (!adapter.enabledBindings.some((id) => id.toLowerCase() === 'vms_pp')) return 'not-about';
        const protocols = boundProtocols(adapter);
        return protocols.length === 0 ? 'well' : { bad: { adapter, protocols } };
      },
      report: (bad) => {
        const said = bad.map(
          ({ adapter, protocols }) =>
            `${adapter.name} under ${names.get(adapter.vswitchId ?? '') ?? 'a vSwitch'} (${listed(protocols.map(({ name }) => name))})`,
        );
        return {
          severity: 'warning',
          message: `Protocols are bound to ${listed(said)}: the host and the vSwitch both take the frames of this adapter, and which of them answers is open.`,
          subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
          evidence: {
            adapters: bad.map(({ adapter }) => adapter.name),
            bindings: bad.flatMap(({ adapter, protocols }) =>
              protocols.map(({ id }) => `${adapter.name}: ${id}`),
            ),
          },
          advice:
            'Disable these bindings on the adapter (Disable-NetAdapterBinding -ComponentID ...). An address that the host needs belongs on a vNIC of the vSwitch; move it there first where the host is reached by it.',
        };
      },
      none: 'No vSwitch of this host stands on one adapter alone.',
      rests: ['NetLbfoTeam', 'VMSwitchTeam'],
    });
  },
});
