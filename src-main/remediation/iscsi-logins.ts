/** iSCSI logins as they can be made and found again: what the fixes on sessions share. */
import type { CmdletCommand, Condition, ParameterValue, Question } from '#shared/change-command.ts';
import type { ChoiceValue } from '#shared/fix-plan.ts';
import type { HostModel, IscsiSession, IscsiTarget } from '#shared/host/host-model.ts';
import type { IscsiSessionRecord } from '#shared/host/storage-records.ts';
import { nameKey } from '../path-graph/joins.ts';
import { portalById } from '../path-graph/walks.ts';
import type { AskedChoice, FixFacts, FixRequest } from './define-fix.ts';

/** How the host proves itself to the target; the secret is asked for when it is needed. */
export interface Chap {
  readonly type: 'ONEWAYCHAP' | 'MUTUALCHAP';
  readonly user: string;
  /** Id of the choice that asks for the secret. */
  readonly secret: string;
}

/** One session as it is logged in to. */
export interface Login {
  readonly target: IscsiTarget;
  /** The address of this host that the login names; null where it names none. */
  readonly from: string | null;
  readonly to: string;
  readonly port: number;
  readonly isPersistent: boolean;
  readonly chap?: Chap;
}

/** `10.0.10.11 to 10.0.10.101`. */
export function pairText({ from, to }: Pick<Login, 'from' | 'to'>): string {
  return `${from ?? 'any address'} to ${to}`;
}

function recordOfSession(
  { snapshot }: FixFacts,
  { sessionIdentifier }: IscsiSession,
): IscsiSessionRecord | undefined {
  const { IscsiSession } = snapshot.readings;
  return IscsiSession.status === 'ok'
    ? IscsiSession.records.find((record) => nameKey(record.sessionIdentifier) === nameKey(sessionIdentifier))
    : undefined;
}

/** The targets that a finding is about, by themselves or by their sessions; in the order of the model. */
export function targetsMeant({ model, finding }: FixRequest): readonly IscsiTarget[] {
  const ids = new Set(finding.subjects.map(({ id }) => id));
  const ofSessions = new Set(model.sessions.filter(({ id }) => ids.has(id)).map(({ targetId }) => targetId));
  return model.targets.filter(({ id }) => ids.has(id) || ofSessions.has(id));
}

/** The sessions that a finding names; where it names none, all those of its targets. */
export function sessionsMeant(request: FixRequest): readonly IscsiSession[] {
  const ids = new Set(request.finding.subjects.map(({ id }) => id));
  const named = request.model.sessions.filter(({ id }) => ids.has(id));
  const targets = new Set(targetsMeant(request).map(({ id }) => id));
  return named.length > 0 ? named : request.model.sessions.filter(({ targetId }) => targets.has(targetId));
}

/** How the sessions of a target prove who they are: the first that does. */
function chapTypeOf(facts: FixFacts, target: IscsiTarget): Chap['type'] | undefined {
  const types = facts.model.sessions
    .filter(({ targetId }) => targetId === target.id)
    .map((session) => recordOfSession(facts, session)?.authenticationType?.toUpperCase());
  return types.find((type) => type === 'ONEWAYCHAP' || type === 'MUTUALCHAP');
}

const userChoice = (target: IscsiTarget) => `chap-user:${nameKey(target.nodeAddress)}`;
const secretChoice = (target: IscsiTarget) => `chap-secret:${nameKey(target.nodeAddress)}`;

/** Windows keeps a secret and tells it to nobody, so it is asked for where a login has to be made. */
export function chapChoices(facts: FixFacts, targets: readonly IscsiTarget[]): readonly AskedChoice[] {
  return targets
    .filter((target) => needsChap(facts, target))
    .flatMap((target): AskedChoice[] => [
      {
        id: userChoice(target),
        question: `With which CHAP user name does this host log in to ${target.name}?`,
        type: 'text',
        because: 'Windows keeps the name with the session and does not tell it; the array lists it.',
        check: (value) =>
          typeof value === 'string' && value.trim() !== '' ? undefined : 'The user name is needed.',
      },
      {
        id: secretChoice(target),
        question: `Which is the CHAP secret for ${target.name}?`,
        type: 'secret',
        because: 'It cannot be read back from Windows, and is used for the logins of this plan alone.',
      },
    ]);
}

/** Undefined where the target asks for none, or the name is not answered yet. */
export function chapAnswered(request: FixRequest, target: IscsiTarget): Chap | undefined {
  const type = chapTypeOf(request, target);
  const user: ChoiceValue | undefined = request.answers[userChoice(target)];
  return type === undefined || typeof user !== 'string'
    ? undefined
    : { type, user, secret: secretChoice(target) };
}

export function needsChap(facts: FixFacts, target: IscsiTarget): boolean {
  return chapTypeOf(facts, target) !== undefined;
}

/** Whether the target's logins need an answer that is not there yet. */
export function lacksChap(request: FixRequest, target: IscsiTarget): boolean {
  return needsChap(request, target) && chapAnswered(request, target) === undefined;
}

/** A session of one connection as it was logged in to; undefined where that is not known. */
export function loginOf(request: FixRequest, session: IscsiSession): Login | undefined {
  const target = request.model.targets.find(({ id }) => id === session.targetId);
  const [connection, ...others] = session.connections;
  if (target === undefined || connection?.targetAddress === undefined || others.length > 0) return undefined;
  if (session.boundAddress === undefined || session.isPersistent === undefined) return undefined;
  const type = recordOfSession(request, session)?.authenticationType?.toUpperCase();
  const chap = type === undefined || type === 'NONE' ? undefined : chapAnswered(request, target);
  return {
    target,
    from: session.boundAddress,
    to: connection.targetAddress,
    port: connection.targetPort ?? portOf(request.model, target, connection.targetAddress),
    isPersistent: session.isPersistent,
    ...(chap !== undefined && { chap }),
  };
}

/** 3260 where the target does not say another one. */
export function portOf(model: HostModel, { portalIds }: IscsiTarget, address: string): number {
  const portals = portalIds.flatMap((id) => portalById(model, id) ?? []);
  return portals.find((portal) => portal.address === address)?.port ?? 3260;
}

/** The login by node address: the form that takes a target object cannot be told to be persistent. */
export function connectCommand({ target, from, to, port, isPersistent, chap }: Login): CmdletCommand {
  const parameters: Record<string, ParameterValue> = {
    NodeAddress: target.nodeAddress,
    TargetPortalAddress: to,
    TargetPortalPortNumber: port,
    ...(from !== null && { InitiatorPortalAddress: from }),
    IsMultipathEnabled: true,
    IsPersistent: isPersistent,
    ...(chap !== undefined && {
      AuthenticationType: chap.type,
      ChapUsername: chap.user,
      ChapSecret: { secret: chap.secret },
    }),
  };
  return { cmdlet: 'Connect-IscsiTarget', parameters };
}

/** Which sessions a question must leave alone. */
export interface Others {
  /** Identifiers of sessions that are not meant. */
  readonly sessions: readonly string[];
  /** Of a login that names no address: addresses that other logins to the same portal name. */
  readonly addresses?: readonly string[];
}

/**
 * Finds the session of a login through the initiator's own class, the only one that tells both ends and the identifier
 * in one object.
 */
export function findSession({ target, from, to }: Login, others: Others): Question {
  return {
    read: 'Get-CimInstance',
    parameters: { Namespace: 'root/wmi', ClassName: 'MSiSCSIInitiator_SessionClass' },
    where: [
      { property: 'TargetName', is: target.nodeAddress },
      { property: 'ConnectionInformation.TargetAddress', is: to },
      ...addressCondition('ConnectionInformation.InitiatorAddress', from, others),
      ...(others.sessions.length === 0 ? [] : [{ property: 'SessionId', isNoneOf: others.sessions }]),
    ],
  };
}

/** Windows shows a login without an address as an empty one or as 0.0.0.0, so that one is told by what it is not. */
function addressCondition(property: string, from: string | null, { addresses = [] }: Others): Condition[] {
  if (from !== null) return [{ property, is: from }];
  return addresses.length === 0 ? [] : [{ property, isNoneOf: addresses }];
}

/** Finds the same where the session is a favourite; the portal is not among what can be asked. */
export function findFavourite({ target, from }: Login, others: Others): Question {
  return {
    read: 'Get-IscsiSession',
    where: [
      { property: 'TargetNodeAddress', is: target.nodeAddress },
      ...addressCondition('InitiatorPortalAddress', from, others),
      { property: 'IsPersistent', is: true },
      ...(others.sessions.length === 0 ? [] : [{ property: 'SessionIdentifier', isNoneOf: others.sessions }]),
    ],
  };
}

/** Finds the favourites of a target at a portal, from whatever address they log in. */
export function findStored({ target, to }: Login): Question {
  return {
    read: 'Get-CimInstance',
    parameters: { Namespace: 'root/wmi', ClassName: 'MSiSCSIInitiator_PersistentLoginClass' },
    where: [
      { property: 'TargetName', is: target.nodeAddress },
      { property: 'TargetPortal.Address', is: to },
    ],
  };
}

export function countStored({ snapshot }: FixFacts, { target, to }: Login): number {
  const { IscsiPersistentLogin } = snapshot.readings;
  const records = IscsiPersistentLogin.status === 'ok' ? IscsiPersistentLogin.records : [];
  return records.filter(
    ({ targetName, targetPortalAddress }) =>
      nameKey(targetName) === nameKey(target.nodeAddress) && targetPortalAddress === to,
  ).length;
}

/** Logins that earlier steps of a plan have made, and those that they have taken away. */
export interface EarlierLogins {
  readonly made: readonly Login[];
  readonly gone: readonly Login[];
}

/** How many favourites of the login's target its portal has once the earlier steps are done. */
export function countStoredAfter(facts: FixFacts, login: Login, { made, gone }: EarlierLogins): number {
  const isAlike = ({ isPersistent, target, to }: Login): boolean =>
    isPersistent && target.id === login.target.id && to === login.to;
  return countStored(facts, login) + made.filter(isAlike).length - gone.filter(isAlike).length;
}

/** The session of the login among what is seen now. */
export function sessionOfLogin(
  { model }: FixFacts,
  { target, from, to }: Login,
  others: Others,
): IscsiSession | undefined {
  const known = new Set(others.sessions.map(nameKey));
  return model.sessions.find(
    ({ targetId, sessionIdentifier, boundAddress, connections }) =>
      targetId === target.id &&
      !known.has(nameKey(sessionIdentifier)) &&
      boundAddress === from &&
      connections.some(({ targetAddress }) => targetAddress === to),
  );
}

export function identifiersOf({ model }: FixFacts): readonly string[] {
  return model.sessions.map(({ sessionIdentifier }) => sessionIdentifier);
}
