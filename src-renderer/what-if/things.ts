/** What a person can choose to fail, gathered by kind, each with the words that people know it by. */
import type { HostModel } from '#shared/host/host-model.ts';

export interface ThingGroup {
  readonly title: string;
  readonly things: readonly { readonly id: string; readonly name: string }[];
}

export function thingGroups(model: HostModel): readonly ThingGroup[] {
  const groups: readonly ThingGroup[] = [
    { title: 'Adapters', things: model.adapters.filter(({ role, isUp }) => role !== 'other' && isUp) },
    { title: 'Teams', things: model.teams },
    { title: 'vSwitches', things: model.vswitches },
    { title: 'vNICs', things: model.vnics },
    {
      title: 'Sessions',
      things: model.sessions
        .filter(({ isConnected }) => isConnected !== false)
        .map(({ id, name, connections }) => {
          const ends = connections.flatMap(({ localAddress, targetAddress }) =>
            localAddress === undefined || targetAddress === undefined
              ? []
              : [`${localAddress} → ${targetAddress}`],
          );
          return { id, name: ends.length === 0 ? name : ends.join(', ') };
        }),
    },
    { title: 'Target portals', things: model.targetPortals.filter(({ targetIds }) => targetIds.length > 0) },
    {
      title: 'SMB channels',
      things: model.smbServers.flatMap(({ name, channels }) =>
        channels
          .filter(({ isSelected, isFailed }) => isSelected && !isFailed)
          .map((channel) => ({ id: channel.id, name: `${name}: ${channel.name}` })),
      ),
    },
    { title: 'Targets', things: [...model.targets, ...model.smbServers] },
  ];
  return groups.filter(({ things }) => things.length > 0);
}

/** `10.0.0.5/24` in its parts; undefined where it is none. */
export function readPrefix(
  text: string,
): { readonly address: string; readonly prefixLength: number } | undefined {
  const [, address, length] = /^\s*([0-9a-f.:]+)\s*\/\s*(\d{1,3})\s*$/i.exec(text) ?? [];
  const prefixLength = Number(length);
  return address === undefined || prefixLength < 1 || prefixLength > 128
    ? undefined
    : { address, prefixLength };
}
