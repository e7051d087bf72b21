/** Whether MPIO is told to take iSCSI disks, and whether it does: shared by the two rules on a disk that it does not hold. */
import type { HostFacts } from './define-rule.ts';
import { multipathFeature } from './multipath.ts';
import { anyGapOf } from './readings.ts';
import { severalToOneDisk, type Unjoined } from './unjoined.ts';

/** The hardware id that stands for every iSCSI disk. */
const anyIscsi = { vendor: 'msft2005', product: 'iscsibustype_0x9' };

/** Undefined where neither of the two lists that decide it says yes, and one of them could not be read. */
export function claimsIscsi({ model, snapshot }: HostFacts): boolean | undefined {
  const { MSDSMAutomaticClaimSettings: automatic, MSDSMSupportedHW: hardware, Disk } = snapshot.readings;
  const byBus =
    automatic.status === 'ok'
      ? automatic.records.find(({ busType }) => busType.toLowerCase() === 'iscsi')?.enabled
      : undefined;
  if (byBus === true) return true;
  if (hardware.status !== 'ok') return undefined;
  const iscsiNumbers = new Set(
    model.disks.filter(({ busType }) => busType?.toLowerCase() === 'iscsi').map(({ number }) => number),
  );
  const names =
    Disk.status === 'ok'
      ? Disk.records.flatMap(({ number, friendlyName }) =>
          iscsiNumbers.has(number) && friendlyName !== undefined ? [friendlyName.toLowerCase()] : [],
        )
      : [];
  const byId = hardware.records.some(({ vendorId, productId }) => {
    const [vendor, product] = [vendorId.trim().toLowerCase(), productId.trim().toLowerCase()];
    if (vendor === anyIscsi.vendor && product === anyIscsi.product) return true;
    return (
      vendor !== '' &&
      names.some((name) => name.startsWith(vendor) && (product === '' || name.includes(product)))
    );
  });
  return byId || byBus;
}

/** The feature is installed and waits for a restart. */
export function isInstallPending({ snapshot }: HostFacts): boolean {
  const { WindowsFeature } = snapshot.readings;
  return (
    WindowsFeature.status === 'ok' &&
    WindowsFeature.records.some(
      ({ name, installState }) =>
        /^multipath-?io$/i.test(name) && /^installpending|^enablepending/i.test(installState ?? ''),
    )
  );
}

/**
 * Several sessions to one disk that MPIO, which is installed, does not hold: by the list of what it holds, or by two
 * rows of one disk. `isOpen`: some more are not listed as held, and the list is not whole.
 */
export function unclaimed(facts: HostFacts): {
  readonly loose: readonly Unjoined[];
  readonly isOpen: boolean;
} {
  const candidates =
    multipathFeature(facts) === 'installed'
      ? severalToOneDisk(facts.model).filter(
          ({ disks }) =>
            disks.length > 0 &&
            disks.every(({ mpio, isBootOrSystem }) => mpio === undefined && isBootOrSystem !== true),
        )
      : [];
  const isWhole = isEveryHeldDiskKnown(facts);
  const loose = candidates.filter(({ rows }) => rows.length > 0 || isWhole);
  return { loose, isOpen: loose.length < candidates.length };
}

function isEveryHeldDiskKnown({ model, snapshot }: HostFacts): boolean {
  const { Mpclaim } = snapshot.readings;
  const isListed = Mpclaim.status === 'ok' && Mpclaim.records.length > 0;
  return (
    (anyGapOf(snapshot, 'MpioDisk') === undefined || isListed) &&
    !model.unjoined.some(({ what }) => what.kind === 'disk')
  );
}

/** A favourite of one of the targets that says that its session is made without multipath: no restart changes that. */
export function isLoginWithoutMultipath({ model, snapshot }: HostFacts, { sessions }: Unjoined): boolean {
  const { IscsiPersistentLogin } = snapshot.readings;
  if (IscsiPersistentLogin.status !== 'ok') return false;
  const targets = new Set(sessions.map(({ targetId }) => targetId));
  const names = new Set(
    model.targets.filter(({ id }) => targets.has(id)).map(({ nodeAddress }) => nodeAddress.toLowerCase()),
  );
  return IscsiPersistentLogin.records.some(
    ({ targetName, isMultipathEnabled }) =>
      isMultipathEnabled === false && names.has(targetName.toLowerCase()),
  );
}
