/** Virtual adapters that demand a feature of a switch extension, on a switch where no extension can give it. */
import type { VMNetworkAdapterRecord, VMSwitchRecord } from '#shared/host/network-records.ts';
import { conclude } from './conclude.ts';
import { defineRule, type HostFacts } from './define-rule.ts';
import { isAbsent } from './readings.ts';
import { listed } from './wording.ts';

/** Extensions that every switch has from Windows itself: they capture or filter frames, and bring no such features. */
const withWindows = /^microsoft (?:ndis capture|windows filtering platform)$/i;

export const rule = defineRule({
  id: 'vswitch-extension',
  severities: ['warning'],
  title: 'Virtual adapters find the switch extensions that they demand',
  failureTitle: 'Virtual adapters demand a switch extension that is missing or disabled',
  needs: ['VMSwitch', 'VMNetworkAdapter'],
  fixes: [],
  appliesTo: {
    needs: ['VMSwitch'],
    notApplicable: ({ model, snapshot }) =>
      isAbsent(snapshot, 'VMSwitch') || model.vswitches.length === 0
        ? 'This host has no virtual switch.'
        : undefined,
  },
  evaluate: (facts) => {
    const { VMNetworkAdapter } = facts.snapshot.readings;
    const nics = VMNetworkAdapter.status === 'ok' ? VMNetworkAdapter.records : [];
    return conclude(facts, {
      things: nics,
      see: (nic) => {
        const { mandatoryFeatureIds } = nic;
        if (mandatoryFeatureIds === undefined)
          return { doubt: `Which features of switch extensions ${nic.name} demands is not known.` };
        const vswitch = switchOf(facts, nic);
        if (mandatoryFeatureIds.length === 0 || vswitch === undefined) return 'well';
        if (vswitch.extensions === undefined)
          return { doubt: `The extensions of ${vswitch.name} are not known.` };
        const added = vswitch.extensions.filter(({ name }) => !withWindows.test(name));
        return added.some(({ isEnabled }) => isEnabled) ? 'well' : { bad: { nic, vswitch, added } };
      },
      report: (bad) =>
        [...new Set(bad.map(({ vswitch }) => vswitch))].map((vswitch) => {
          const nicsOfSwitch = bad.filter((one) => one.vswitch === vswitch);
          const names = nicsOfSwitch.map(({ nic }) =>
            nic.vmName === null || nic.vmName === undefined ? nic.name : `${nic.vmName}: ${nic.name}`,
          );
          const disabled = (nicsOfSwitch[0]?.added ?? []).map(({ name }) => name);
          return {
            severity: 'warning',
            message: `${listed(names)} on ${vswitch.name} ${names.length === 1 ? 'demands' : 'demand'} a feature of a switch extension, and ${disabled.length === 0 ? 'the switch has no extension but those of Windows' : `${listed(disabled)} ${disabled.length === 1 ? 'is' : 'are'} disabled`}: such an adapter is not connected.`,
            subjects: [facts.model.vswitches.find(({ name }) => name === vswitch.name) ?? facts.model.host],
            evidence: { vswitch: vswitch.name, adapters: names, disabledExtensions: disabled },
            advice:
              disabled.length === 0
                ? 'Install the extension again that these adapters were set up for, or take the demand away from them where the extension was given up for good.'
                : 'Enable the extension again (Enable-VMSwitchExtension), after a look at why it was disabled: on a switch that carries storage, enabling interrupts the traffic for a moment.',
          };
        }),
      none: 'No virtual adapter is connected to a switch of this host.',
      isForGuests: true,
    });
  },
});

function switchOf({ snapshot }: HostFacts, nic: VMNetworkAdapterRecord): VMSwitchRecord | undefined {
  const { VMSwitch } = snapshot.readings;
  const switches = VMSwitch.status === 'ok' ? VMSwitch.records : [];
  return (
    switches.find(({ id }) => id === nic.switchId) ?? switches.find(({ name }) => name === nic.switchName)
  );
}
