/** Get-IscsiTarget, with the portals that the initiator's own class lists for each target. */
import type { IscsiTargetRecord } from '#shared/host/storage-records.ts';
import { defineProbe } from '../define-probe.ts';
import { key, maybe, recordOf } from '../read-record.ts';
import { bool, ipAddress, listOf, text } from '../read-values.ts';
import { portNumber } from './storage-values.ts';

type Portal = NonNullable<IscsiTargetRecord['portals']>[number];

const portalGroup = recordOf<{ readonly portals: readonly Portal[] }>({
  portals: key(
    'Portals',
    listOf(recordOf<Portal>({ address: key('Address', ipAddress), port: key('Port', portNumber) })),
  ),
});

/** A target found in several ways is listed with its portals once for each. */
const portalsOfGroups = listOf(portalGroup).transform((groups) => {
  const portals = groups.flatMap((group) => group.portals);
  return [...new Map(portals.map((portal) => [`${portal.address}|${portal.port}`, portal])).values()];
});

export const probe = defineProbe({
  name: 'IscsiTarget',
  record: recordOf<IscsiTargetRecord>({
    nodeAddress: key(['NodeAddress', 'TargetName'], text),
    isConnected: maybe('IsConnected', bool),
    portals: maybe('PortalGroups', portalsOfGroups),
  }),
});
