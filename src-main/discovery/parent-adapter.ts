/** Which virtual adapter a setting belongs to: its parent, as an object or as the text that stands for one. */
import { valueOf } from './read-record.ts';
import { bool, text } from './read-values.ts';

/** `VMInternalNetworkAdapter, Name = 'Storage1'`; an adapter of a virtual machine adds its name. */
const parentText = /^(\w+), Name = '(.*?)'(?:, VMName = '(.*)')?$/s;

function ofText(parent: unknown, part: 1 | 2 | 3): string | undefined {
  return typeof parent === 'string' ? parentText.exec(parent)?.[part] : undefined;
}

/** The raw properties that {@link vnicName} and {@link isOfManagementOs} look at, in their order. */
export const vnicNameProperties = ['ParentAdapter.Name', 'ParentAdapter', 'VMNetworkAdapterName'] as const;
export const managementOsProperties = ['ParentAdapter.IsManagementOs', 'ParentAdapter'] as const;

export function vnicName(parentName: unknown, parent: unknown, ownName: unknown): string | undefined {
  return valueOf(text, parentName) ?? valueOf(text, ofText(parent, 2)) ?? valueOf(text, ownName);
}

export function isOfManagementOs(flag: unknown, parent: unknown): boolean | undefined {
  const type = ofText(parent, 1);
  return valueOf(bool, flag) ?? (type === undefined ? undefined : /^VMInternalNetworkAdapter$/i.test(type));
}
