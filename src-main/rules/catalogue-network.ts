/** The rules about adapters, teams, switches, vNICs and addresses. */
import type { Rule } from './define-rule.ts';
import { rule as driverAge } from './driver-age.rule.ts';
import { rule as driverMismatch } from './driver-mismatch.rule.ts';
import { rule as flowControl } from './flow-control.rule.ts';
import { rule as inboxDriver } from './inbox-driver.rule.ts';
import { rule as memberBindings } from './member-bindings.rule.ts';
import { rule as pathNicDown } from './path-nic-down.rule.ts';
import { rule as pathNicSlow } from './path-nic-slow.rule.ts';
import { rule as pcieOversubscribed } from './pcie-oversubscribed.rule.ts';
import { rule as powerManagement } from './power-management.rule.ts';
import { rule as sameCard } from './same-card.rule.ts';
import { rule as sameMember } from './same-member.rule.ts';
import { rule as storageOnUsbNic } from './storage-on-usb-nic.rule.ts';

export const networkRules: readonly Rule[] = [
  driverAge,
  driverMismatch,
  flowControl,
  inboxDriver,
  memberBindings,
  pathNicDown,
  pathNicSlow,
  pcieOversubscribed,
  powerManagement,
  sameCard,
  sameMember,
  storageOnUsbNic,
];
