/** The changing cmdlets of the iSCSI module, and Update-HostStorageCache. */
import { asCmdletObject } from '../cim.ts';
import { classNamed } from '../classes.ts';
import type { CmdletError, CmdletValue } from '../cmdlet-value.ts';
import type { ChangingCommand, Outcome, Situation } from '../command.ts';
import { explicitScenario, type ExplicitIscsi, type ExplicitScenario } from '../explicit.ts';
import type { Machine } from '../machine.ts';
import { sourceTowards } from '../reach.ts';
import type { ScenarioLogin, ScenarioSession, ScenarioTarget } from '../scenario.ts';
import { discoveredTargets } from '../storage-classes.ts';
import { parsePortal } from '../storage-layout.ts';
import { changing, nothing, ofCim, refused, select, should, textOf } from './changing.ts';
import { iscsiError } from './iscsi-errors.ts';
import { isBusy, withoutSession, withPersistence, withSession } from './iscsi-sessions.ts';

const iscsi = changing({ module: 'iSCSI', needs: 'msiscsi' });

/** Rows of a class on the host as it is afterwards. */
export function rowsAfter(className: string, isMeant: (text: (property: string) => string) => boolean) {
  return (after: Machine): readonly CmdletValue[] => {
    const cls = classNamed(className);
    return cls
      .rows(after)
      .filter((row) => isMeant((property) => textOf(row, property)))
      .map((row) => asCmdletObject(cls.namespace, cls.name, row));
  };
}

/** The portal as scenarios write it, for a target's list. */
function portalText(target: ScenarioTarget, address: string, port: number): string | undefined {
  return target.portals.find((text) => {
    const portal = parsePortal(text);
    return portal.address === address && portal.port === port;
  });
}

const authenticationTypes = ['NONE', 'ONEWAYCHAP', 'MUTUALCHAP'];

/** The type is compared letter by letter; secrets of 12 to 16 characters are taken without IPsec. */
function chapOf({
  parameters,
  command,
}: Situation): { readonly chap: ScenarioLogin['chap']; readonly isMutual: boolean } | CmdletError {
  const type = parameters.text('AuthenticationType') ?? 'NONE';
  if (!authenticationTypes.includes(type)) return iscsiError('authenticationTypeInvalid', command);
  if (type === 'NONE') return { chap: undefined, isMutual: false };
  const secret = parameters.text('ChapSecret') ?? '';
  if (secret.length < 12 || secret.length > 16) return iscsiError('secretInvalid', command);
  return {
    chap: { username: parameters.text('ChapUsername') ?? '', secret },
    isMutual: type === 'MUTUALCHAP',
  };
}

function isAuthentic(target: ScenarioTarget, login: ScenarioLogin['chap']): boolean {
  const { chap } = target;
  return chap === undefined || (chap.username === login?.username && chap.secret === login.secret);
}

function changed(scenario: ExplicitScenario, iscsi: Partial<ExplicitIscsi>): ExplicitScenario {
  return { ...scenario, iscsi: withPersistence({ ...scenario.iscsi, ...iscsi }) };
}

function newTargetPortal(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const scenario = explicitScenario(machine);
  const address = parameters.text('TargetPortalAddress') ?? '';
  const port = Number(parameters.text('TargetPortalPortNumber') ?? 3260);
  const from = parameters.text('InitiatorPortalAddress') ?? '';
  const chap = chapOf(situation);
  if ('message' in chap) return refused(chap);
  // SendTargets is asked at once, so something has to answer there.
  const answers = scenario.iscsi.targets.some((target) => portalText(target, address, port) !== undefined);
  if (!answers || sourceTowards(machine, address, from === '' ? undefined : from) === undefined) {
    return refused(iscsiError('connectionFailed', command));
  }
  const isMeant = (portal: ExplicitIscsi['portals'][number]) =>
    portal.address === address && portal.port === port && portal.from === from;
  const output = rowsAfter(
    'MSFT_iSCSITargetPortal',
    (text) => text('TargetPortalAddress') === address && text('InitiatorPortalAddress') === from,
  );
  if (scenario.iscsi.portals.some(isMeant)) return { output };
  const portals = [...scenario.iscsi.portals, { address, port, from }];
  return { scenario: changed(scenario, { portals }), output };
}

function removeTargetPortal(situation: Situation): Outcome {
  const scenario = explicitScenario(situation.machine);
  const { rows, errors } = select(situation, 'MSFT_iSCSITargetPortal', [
    'TargetPortalAddress',
    'TargetPortalPortNumber',
    'InitiatorPortalAddress',
  ]);
  const gone = new Set(
    rows.map(
      (row) =>
        `${textOf(row, 'TargetPortalAddress')} ${textOf(row, 'TargetPortalPortNumber')} ${textOf(row, 'InitiatorPortalAddress')}`,
    ),
  );
  if (gone.size === 0) return { errors };
  const portals = scenario.iscsi.portals.filter(
    ({ address, port, from }) => !gone.has(`${address} ${port} ${from}`),
  );
  return { scenario: changed(scenario, { portals }), errors };
}

function connect(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  const scenario = explicitScenario(machine);
  const iqn =
    parameters.text('NodeAddress') ?? parameters.propertyOf('InputObject', 'NodeAddress')?.[0] ?? '';
  const isKnown = discoveredTargets(machine).some((entry) => entry.iqn.toLowerCase() === iqn.toLowerCase());
  const target = scenario.iscsi.targets.find((entry) => entry.iqn.toLowerCase() === iqn.toLowerCase());
  if (target === undefined || !isKnown) return refused(iscsiError('targetUnknown', command));
  const chap = chapOf(situation);
  if ('message' in chap) return refused(chap);

  const wanted = parameters.text('TargetPortalAddress');
  const port = Number(parameters.text('TargetPortalPortNumber') ?? 3260);
  const to = wanted === undefined ? target.portals[0] : portalText(target, wanted, port);
  const from = parameters.text('InitiatorPortalAddress') ?? null;
  if (to === undefined || sourceTowards(machine, parsePortal(to).address, from ?? undefined) === undefined) {
    return refused(iscsiError('connectionFailed', command));
  }
  if (!isAuthentic(target, chap.chap)) return refused(iscsiError('authenticationFailed', command));
  const isMultipath = parameters.flag('IsMultipathEnabled');
  const others = scenario.iscsi.sessions.filter((session) => session.iqn === target.iqn);
  if (!isMultipath && others.length > 0) return refused(iscsiError('alreadyLoggedIn', command));

  const login: ScenarioLogin = {
    iqn: target.iqn,
    from,
    to,
    isMultipath,
    ...(chap.chap === undefined ? {} : { chap: chap.chap }),
  };
  const connected = withSession(scenario, login);
  const stored = parameters.flag('IsPersistent')
    ? changed(connected, { logins: [...connected.iscsi.logins, login] })
    : connected;
  return {
    scenario: stored,
    output: (after) => {
      const id = after.storage.sessions.at(-1)?.id;
      return rowsAfter('MSFT_iSCSISession', (text) => text('SessionIdentifier') === id)(after);
    },
  };
}

/** The sessions that the bound ones of these parameters mean; without any of them, all sessions. */
function sessionsMeant(situation: Situation, scenario: ExplicitScenario, filters: readonly string[]) {
  const { rows, errors } = select(situation, 'MSFT_iSCSISession', filters);
  const objects = situation.parameters.propertyOf('InputObject', 'SessionIdentifier');
  const ids = new Set(
    rows
      .map((row) => textOf(row, 'SessionIdentifier'))
      .filter((id) => objects === undefined || objects.includes(id)),
  );
  const ordinals = new Map(
    situation.machine.storage.sessions.map((session) => [session.id, session.ordinal]),
  );
  const meant = scenario.iscsi.sessions.filter((session) =>
    [...ids].some((id) => ordinals.get(id) === session.ordinal),
  );
  return { meant, errors };
}

/** Without a session identifier every session of the target goes. */
function disconnect(situation: Situation): Outcome {
  const { machine, parameters, command } = situation;
  let scenario = explicitScenario(machine);
  const node = parameters.text('NodeAddress') ?? parameters.propertyOf('InputObject', 'NodeAddress')?.[0];
  const id = parameters.texts('SessionIdentifier');
  const ids = new Map(machine.storage.sessions.map((session) => [session.ordinal, session.id]));
  const meant = scenario.iscsi.sessions.filter(
    (session) =>
      (node === undefined || session.iqn.toLowerCase() === node.toLowerCase()) &&
      (id === undefined || id.includes(ids.get(session.ordinal ?? 0) ?? '')),
  );
  if (meant.length === 0) {
    return refused(iscsiError(id === undefined ? 'targetUnknown' : 'sessionUnknown', command));
  }
  const errors: CmdletError[] = [];
  // One after the other: of several sessions of a disk in use the last one stays.
  for (const session of meant) {
    const current = scenario.iscsi.sessions.find((entry) => entry.ordinal === session.ordinal);
    if (current === undefined) continue;
    if (isBusy(machine, scenario, current)) {
      errors.push(iscsiError('deviceBusy', command));
      continue;
    }
    scenario = withoutSession(scenario, current);
  }
  return { scenario: { ...scenario, iscsi: withPersistence(scenario.iscsi) }, errors };
}

/** Stores the login of a session; once more each time it is called. */
function register(situation: Situation): Outcome {
  const { parameters } = situation;
  const scenario = explicitScenario(situation.machine);
  const { meant, errors } = sessionsMeant(situation, scenario, ['SessionIdentifier']);
  const added = meant.flatMap((session): ScenarioLogin[] => {
    const [connection] = session.connections;
    if (connection === undefined) return [];
    const username = parameters.text('ChapUsername');
    return [
      {
        iqn: session.iqn,
        from: connection.from ?? null,
        to: connection.to,
        isMultipath: parameters.flag('IsMultipathEnabled'),
        ...(username === undefined
          ? {}
          : { chap: { username, secret: parameters.text('ChapSecret') ?? '' } }),
      },
    ];
  });
  if (added.length === 0) return { errors };
  return { scenario: changed(scenario, { logins: [...scenario.iscsi.logins, ...added] }), errors };
}

function unregister(situation: Situation): Outcome {
  const scenario = explicitScenario(situation.machine);
  const { meant, errors } = sessionsMeant(situation, scenario, ['SessionIdentifier']);
  let logins = scenario.iscsi.logins;
  const problems = [...errors];
  for (const session of meant) {
    const place = logins.findIndex((login) => isLoginOf(login, session));
    if (place < 0) problems.push(iscsiError('loginNotRemoved', situation.command));
    logins = logins.filter((_, index) => index !== place);
  }
  return { scenario: changed(scenario, { logins }), errors: problems };
}

function isLoginOf(login: ScenarioLogin, { iqn, connections: [connection] }: ScenarioSession): boolean {
  return login.iqn === iqn && login.to === connection?.to && login.from === (connection.from ?? null);
}

function setChapSecret({ machine, parameters, command }: Situation): Outcome {
  const scenario = explicitScenario(machine);
  const secret = parameters.text('ChapSecret') ?? '';
  if (secret.length < 12 || secret.length > 16) return refused(iscsiError('secretInvalid', command));
  return { scenario: changed(scenario, { initiatorSecret: secret }) };
}

/** Logs in to what is stored, as the service does when it starts: what exists already stays, what is refused is left. */
export function logInToStored(machine: Machine, scenario: ExplicitScenario): ExplicitScenario {
  let result = scenario;
  const waiting = [...scenario.iscsi.sessions];
  for (const login of scenario.iscsi.logins) {
    const place = waiting.findIndex((session) => isLoginOf(login, session));
    if (place >= 0) {
      waiting.splice(place, 1);
      continue;
    }
    const target = scenario.iscsi.targets.find((entry) => entry.iqn === login.iqn);
    const isReached =
      sourceTowards(machine, parsePortal(login.to).address, login.from ?? undefined) !== undefined;
    if (target === undefined || !isReached || !isAuthentic(target, login.chap)) continue;
    result = withSession(result, login);
  }
  return result;
}

const chapParameters = 'AuthenticationType ChapSecret ChapUsername';
const digests = 'IsDataDigest IsHeaderDigest';

export const iscsiChanges: Readonly<Record<string, ChangingCommand>> = {
  'New-IscsiTargetPortal': iscsi(
    `${ofCim} ${chapParameters} ${digests} InitiatorInstanceName InitiatorPortalAddress TargetPortalAddress TargetPortalPortNumber`,
    newTargetPortal,
  ),
  'Remove-IscsiTargetPortal': iscsi(
    `${ofCim} ${should} InitiatorInstanceName InitiatorPortalAddress InputObject PassThru TargetPortalAddress TargetPortalPortNumber`,
    removeTargetPortal,
    { asks: true },
  ),
  'Update-IscsiTargetPortal': iscsi(
    `${ofCim} InitiatorInstanceName InitiatorPortalAddress InputObject PassThru TargetPortalAddress TargetPortalPortNumber`,
    () => nothing,
  ),
  'Update-IscsiTarget': iscsi(
    `${ofCim} InitiatorPort InputObject IscsiConnection IscsiSession IscsiTargetPortal NodeAddress PassThru`,
    () => nothing,
  ),
  'Connect-IscsiTarget': iscsi(
    `${ofCim} ${chapParameters} ${digests} InitiatorInstanceName InitiatorPortalAddress InputObject IsMultipathEnabled IsPersistent NodeAddress ReportToPnP TargetPortalAddress TargetPortalPortNumber`,
    connect,
  ),
  'Disconnect-IscsiTarget': iscsi(
    `${ofCim} ${should} InputObject NodeAddress PassThru SessionIdentifier`,
    disconnect,
    { asks: true },
  ),
  'Register-IscsiSession': iscsi(
    `${ofCim} ChapSecret ChapUsername InputObject IsMultipathEnabled PassThru SessionIdentifier`,
    register,
  ),
  'Unregister-IscsiSession': iscsi(`${ofCim} InputObject PassThru SessionIdentifier`, unregister),
  'Set-IscsiChapSecret': iscsi(`${ofCim} ChapSecret`, setChapSecret),
  // Disks come and go with their sessions here, so that there is nothing to be found anew.
  'Update-HostStorageCache': changing({ module: 'Storage' })(ofCim, () => nothing),
};
