import { expect, it } from 'vitest';
import { classifyInterface } from './classify-interface.ts';
import { nic } from './hand-built-snapshot.ts';

const onServer = { isVirtualMachine: false, presentedByTeam: () => false };

it.each([
  ['Intel(R) Ethernet Controller X710 #2', 'physical'],
  ['QLogic FastLinQ QL41262-DE 25GbE Adapter (VBD Client)', 'physical'],
  ['Mellanox ConnectX-5 Adapter', 'physical'],
  ['Hyper-V Virtual Ethernet Adapter', 'vnic'],
  ['Hyper-V Virtual Ethernet Adapter #12', 'vnic'],
  ['Microsoft Hyper-V Network Adapter #4', 'guest'],
  ['vmxnet3 Ethernet Adapter #2', 'guest'],
  ['Red Hat VirtIO Ethernet Adapter', 'guest'],
  ['Remote NDIS Compatible Device #2', 'other'],
  ['IBM USB Remote NDIS Network Device', 'other'],
  ['WAN Miniport (Network Monitor)', 'other'],
  ['Bluetooth Device (Personal Area Network)', 'other'],
  ['Microsoft Wi-Fi Direct Virtual Adapter', 'other'],
  ['Intel(R) Wireless-AC 9560', 'other'],
  ['PANGP Virtual Ethernet Adapter Secure', 'other'],
  ['TAP-Windows Adapter V9', 'other'],
  ['Microsoft Kernel Debug Network Adapter', 'other'],
  ['Microsoft KM-TEST Loopback Adapter', 'other'],
  ['Microsoft Failover Cluster Virtual Adapter', 'other'],
  ['Hyper-V Virtual Switch Extension Adapter #3', 'other'],
])('%s is %s', (interfaceDescription, role) =>
  expect(classifyInterface(nic(1, { interfaceDescription }), onServer)).toBe(role),
);

it.each([
  [true, 'team-nic'],
  [undefined, 'team-nic'],
  [false, 'other'],
] as const)('a multiplexor that LBFO presents (%s) is %s: else it is a network bridge', (presented, role) => {
  const record = nic(1, {
    interfaceDescription: 'Microsoft Network Adapter Multiplexor Driver',
    isHardwareInterface: false,
  });
  expect(classifyInterface(record, { isVirtualMachine: false, presentedByTeam: () => presented })).toBe(role);
});

it('a renamed vNIC with a foreign description is told by its component', () =>
  expect(
    classifyInterface(nic(1, { interfaceDescription: 'Adapter', componentId: 'VMS_MP' }), onServer),
  ).toBe('vnic'));

it('a radio is told by its medium', () =>
  expect(classifyInterface(nic(1, { physicalMediaType: 'Native 802.11' }), onServer)).toBe('other'));

it.each([
  [{ isHardwareInterface: false }, 'other'],
  [{ isHardwareInterface: true }, 'physical'],
  [{ pnpDeviceId: 'ROOT\\NET\\0000' }, 'other'],
  [{ pnpDeviceId: 'PCI\\VEN_8086&DEV_1572' }, 'physical'],
])('where nothing else tells, hardware does: %o is %s', (patch, role) => {
  const { isHardwareInterface, ...bare } = nic(1);
  expect(isHardwareInterface).toBe(true);
  expect(classifyInterface({ ...bare, ...patch }, onServer)).toBe(role);
});

it('every NIC of a virtual machine is a guest NIC, also one passed through', () =>
  expect(classifyInterface(nic(1), { ...onServer, isVirtualMachine: true })).toBe('guest'));
