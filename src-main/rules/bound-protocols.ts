/** Protocols that only the team or the vSwitch above a physical adapter may use: shared by the rules on both. */
import type { Adapter } from '#shared/host/host-model.ts';

/** Others (lldp, pacer, rspndr, vendor filters) belong on such an adapter or do no harm there. */
const protocols: ReadonlyMap<string, string> = new Map([
  ['ms_tcpip', 'IPv4'],
  ['ms_tcpip6', 'IPv6'],
  ['ms_msclient', 'Client for Microsoft Networks'],
  ['ms_server', 'File and Printer Sharing'],
]);

interface BoundProtocol {
  /** Component id. */
  readonly id: string;
  readonly name: string;
}

/** None where the bindings of the adapter are not known. */
export function boundProtocols({ enabledBindings }: Adapter): readonly BoundProtocol[] {
  const ids = new Set((enabledBindings ?? []).map((id) => id.toLowerCase()));
  return [...protocols].flatMap(([id, name]) => (ids.has(id) ? [{ id, name }] : []));
}
