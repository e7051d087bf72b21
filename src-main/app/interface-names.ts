/** The names of a host's network interfaces: adapters, team NICs and vNICs, in the order of the model. */
import type { HostModel } from '#shared/host/host-model.ts';
import { interfacesOf } from '../path-graph/walks.ts';

export function interfaceNames(model: HostModel): readonly string[] {
  return interfacesOf(model).map(({ name }) => name);
}
