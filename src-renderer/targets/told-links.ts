/** From the links that were told to the rows of a form, and back. */
import type { HostModel } from '#shared/host/host-model.ts';
import type { PortalLink, TargetCeilings } from '#shared/path-graph.ts';

/** As it stands in the fields. */
interface LinkRow {
  readonly address: string;
  readonly count: string;
  readonly gigabits: string;
}

/** The addresses that this host knows of a target, each once. */
export function addressesOf(
  { id, kind }: Pick<TargetCeilings, 'id' | 'kind'>,
  { targetPortals, smbServers }: Pick<HostModel, 'targetPortals' | 'smbServers'>,
): readonly string[] {
  const found =
    kind === 'iscsi'
      ? targetPortals.flatMap(({ targetIds, address }) => (targetIds.includes(id) ? [address] : []))
      : smbServers.flatMap((server) =>
          server.id === id ? server.channels.flatMap(({ serverIpAddress }) => serverIpAddress ?? []) : [],
        );
  return [...new Set(found)];
}

/** One row for each address, also for such as were told and are not seen now. */
export function rowsFrom(addresses: readonly string[], told: readonly PortalLink[]): LinkRow[] {
  const all = [...new Set([...addresses, ...told.map(({ address }) => address)])];
  return all.map((address) => {
    const own = told.filter((link) => link.address === address);
    const [first] = own;
    return {
      address,
      count: String(Math.max(1, own.length)),
      gigabits: first === undefined ? '' : String(first.bitsPerSecond / 1e9),
    };
  });
}

/** Undefined where a field holds no number. Rows without a speed are left out: nothing is known of them. */
export function linksFrom(rows: readonly LinkRow[]): readonly PortalLink[] | undefined {
  const links: PortalLink[] = [];
  for (const { address, count, gigabits } of rows) {
    if (gigabits.trim() === '') continue;
    const speed = Number(gigabits.trim().replace(',', '.'));
    const number = Number(count);
    if (!(speed > 0 && speed <= 100_000) || !Number.isInteger(number) || number < 1 || number > 64)
      return undefined;
    for (let index = 0; index < number; index += 1) {
      links.push({ address, bitsPerSecond: Math.round(speed * 1e9) });
    }
  }
  return links;
}
