/** What a change has to know of the host beyond a look: who works on it, what waits for a restart, what it carries. */
import type { AskedQuestion, QuestionAnswer } from '#shared/change-command.ts';
import type { Capture } from '#shared/capture.ts';

export interface Surroundings {
  /** ISO 8601; which boot of the host a plan was made for. */
  readonly bootedAt?: string;
  /** Why Windows waits for a restart, in words; empty where it does not. Undefined: not known. */
  readonly restartPending?: readonly string[];
  /** Local addresses of remote sessions (RDP, WinRM, SSH). Undefined: not known. */
  readonly operatorAddresses?: readonly string[];
  /** Roles of the cluster that run on this node now. Undefined: not known. */
  readonly clusterRoles?: readonly string[];
  /** DNS servers by the index of the interface, as Windows lists them. Undefined: not known. */
  readonly dnsServers?: ReadonlyMap<number, readonly string[]>;
  /** Whether the Task Scheduler runs. Undefined: not known. */
  readonly hasScheduler?: boolean;
}

const remotePorts = [22, 3389, 5985, 5986];
const pendingKeys = [
  [
    'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending',
    'Windows features or updates were installed',
  ],
  [
    'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired',
    'Windows Update installed something',
  ],
] as const;

/** In the order in which {@link readSurroundings} takes the answers. Each takes only what it names. */
export const surroundingQuestions: readonly AskedQuestion[] = [
  ...pendingKeys.map(([path]) => ({
    read: 'Get-ItemProperty',
    parameters: { Path: path },
    take: ['PSChildName'],
  })),
  {
    read: 'Get-NetTCPConnection',
    parameters: { State: 'Established' },
    take: ['LocalAddress', 'LocalPort', 'RemoteAddress'],
  },
  {
    read: 'Get-ClusterGroup',
    take: ['Name', 'State', 'OwnerNode'],
  },
  { read: 'Get-Service', parameters: { Name: 'Schedule' }, take: ['Status'] },
  { read: 'Get-DnsClientServerAddress', take: ['InterfaceIndex', 'ServerAddresses'] },
];

function isNotThere(id: string): boolean {
  return /^(PathNotFound|ItemNotFound|GetItemPropertyPathNotFound)/i.test(id);
}

function isNoCluster(id: string): boolean {
  return /^(CommandNotFound|ClusterEndpointNotRegistered)/i.test(id);
}

function isNothingFound(id: string): boolean {
  return /NotFound/i.test(id) && !/^CommandNotFound/i.test(id);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `answers` in the order of {@link surroundingQuestions}. What was not answered stays unknown. */
export function readSurroundings(answers: readonly QuestionAnswer[], capture: Capture): Surroundings {
  const [packages, updates, connections, groups, scheduler, dns] = answers;
  const pending = [packages, updates].map((answer) => {
    if (answer === undefined) return undefined;
    if ('rows' in answer) return true;
    return isNotThere(answer.error.id) ? false : undefined;
  });
  const restartPending = pending.every((one) => one !== undefined)
    ? pendingKeys.flatMap(([, words], index) => (pending[index] === true ? [words] : []))
    : undefined;
  const operatorAddresses =
    connections !== undefined && 'rows' in connections
      ? connections.rows.flatMap((row) => {
          const isRemote = remotePorts.includes(Number(row['LocalPort']));
          const address = textOf(row['LocalAddress']);
          return isRemote && !/^(127\.|::1$)/.test(textOf(row['RemoteAddress'])) ? [address] : [];
        })
      : connections !== undefined && 'error' in connections && isNothingFound(connections.error.id)
        ? []
        : undefined;
  const clusterRoles =
    groups !== undefined && 'rows' in groups
      ? groups.rows.flatMap((row) => {
          const owner = textOf(row['OwnerNode']).toLowerCase();
          const isHere = owner === capture.host.name.toLowerCase();
          const name = textOf(row['Name']);
          return isHere && !/^Offline$/i.test(textOf(row['State'])) && name !== 'Available Storage'
            ? [name]
            : [];
        })
      : groups !== undefined && 'error' in groups && isNoCluster(groups.error.id)
        ? []
        : undefined;
  const bootedAt = bootOf(capture);
  return {
    ...(bootedAt !== undefined && { bootedAt }),
    ...(restartPending !== undefined && { restartPending }),
    ...(operatorAddresses !== undefined && { operatorAddresses: [...new Set(operatorAddresses)] }),
    ...(clusterRoles !== undefined && { clusterRoles }),
    ...(dns !== undefined && 'rows' in dns && { dnsServers: dnsServersOf(dns.rows) }),
    ...(scheduler !== undefined &&
      'rows' in scheduler && {
        hasScheduler: scheduler.rows.some((row) => /^(Running|4)$/i.test(textOf(row['Status']))),
      }),
  };
}

/** One row for each family of an interface; without the site-local ones that Windows names where it has none. */
function dnsServersOf(
  rows: readonly Readonly<Record<string, unknown>>[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const row of rows) {
    const index = Number(row['InterfaceIndex']);
    const value = row['ServerAddresses'];
    const servers = (Array.isArray(value) ? value : [value]).map(textOf);
    const meant = servers.filter((server) => server !== '' && !/^fec0:/i.test(server));
    found.set(index, [...(found.get(index) ?? []), ...meant]);
  }
  return found;
}

function bootOf({ observations }: Capture): string | undefined {
  const system = observations.OperatingSystem;
  const value = system?.status === 'ok' ? system.data[0]?.['LastBootUpTime'] : undefined;
  return typeof value === 'string' ? value : undefined;
}
