/** Storage that leaves by an adapter on the USB bus. */
import { netAdapterOf } from './adapter-facts.ts';
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToStorageInterfaces, storageCarriers, storageInterfaces } from './interface-uses.ts';
import { listed } from './wording.ts';

export const rule = defineRule({
  id: 'storage-on-usb-nic',
  severities: ['warning'],
  title: 'No storage path runs over a USB adapter',
  failureTitle: 'A storage path runs over a USB adapter',
  needs: ['NetAdapter'],
  fixes: [],
  appliesTo: appliesToStorageInterfaces,
  evaluate: (facts) =>
    conclude(facts, {
      things: storageCarriers(facts),
      see: ({ adapter, interfaces }) => {
        const bus = netAdapterOf(facts, adapter)?.pnpDeviceId;
        if (bus === undefined || bus === null) return { doubt: `The bus of ${adapter.name} is not known.` };
        return /^usb\\/i.test(bus) ? { bad: { adapter, interfaces, bus } } : 'well';
      },
      report: (bad) => ({
        severity: 'warning',
        message: `Storage leaves by ${listed(bad.map(({ adapter }) => adapter.name))}, ${bad.length === 1 ? 'an adapter' : 'adapters'} on the USB bus, which can drop off under load and has no queues for storage.`,
        subjects: [bad[0].adapter, ...bad.slice(1).map(({ adapter }) => adapter)],
        evidence: {
          adapters: bad.map(({ adapter }) => adapter.name),
          deviceIds: bad.map(({ bus }) => bus),
          interfaces: bad.flatMap(({ interfaces }) => interfaces.map(({ name }) => name)),
        },
        advice:
          'Move the sessions or shares to an adapter on the PCI bus. If it is the NIC of the management controller, storage should never have gone that way: see routes and initiator addresses.',
      }),
      none: 'Storage leaves by no adapter of this host.',
      gap: storageInterfaces(facts).gap,
    }),
});
