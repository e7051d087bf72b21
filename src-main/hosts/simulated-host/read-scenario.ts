/** Reads the text of a scenario file: strict about names, so that a misspelled one is said and not ignored. */
import * as z from 'zod';
import { observationNames } from '#shared/capture.ts';
import { windowsReleases } from '#shared/host/host-model.ts';
import { lbAlgorithms, teamingModes } from '#shared/host/network-records.ts';
import { lbPolicies, mpioPathStates, smbInstances } from '#shared/host/storage-records.ts';
import { fail, observationFailureKinds, succeed, type Result } from '#shared/result.ts';
import type { Scenario } from './scenario.ts';

const text = z.string().min(1);
const maybeText = text.exactOptional();
const flag = z.boolean().exactOptional();
const count = z.int().nonnegative();
const maybeCount = count.exactOptional();
const bitsPerSecond = z.number().nonnegative().exactOptional();
const moment = z.number().exactOptional();
const vlan = z.int().min(0).max(4094).exactOptional();

const adapter = z.strictObject({
  name: text,
  description: maybeText,
  speed: bitsPerSecond,
  status: z.enum(['Up', 'Disconnected', 'Disabled', 'Not Present']).exactOptional(),
  kind: z.enum(['physical', 'guest', 'management-usb', 'wireless', 'bluetooth', 'vpn']).exactOptional(),
  mtu: maybeCount,
  rss: flag,
  rdma: flag,
  vmq: flag,
  extraBindings: z.array(z.enum(['ms_tcpip', 'ms_tcpip6', 'ms_msclient', 'ms_server'])).exactOptional(),
  pci: z.tuple([count, count, count, count]).exactOptional(),
  driverProvider: maybeText,
  vlanId: vlan,
});

const lbfoTeam = z.strictObject({
  name: text,
  members: z.array(
    z.union([
      text,
      z.strictObject({ name: text, mode: z.enum(['Active', 'Standby']).exactOptional(), failure: maybeText }),
    ]),
  ),
  teamingMode: z.enum(teamingModes),
  lbAlgorithm: z.enum(lbAlgorithms),
  lacpTimer: z.enum(['Fast', 'Slow']).exactOptional(),
  teamNics: z.array(z.strictObject({ name: text, vlanId: vlan })).exactOptional(),
});

const vswitch = z.strictObject({
  name: text,
  type: z.enum(['External', 'Internal', 'Private']).exactOptional(),
  uplink: z
    .union([
      z.strictObject({ adapter: text }),
      z.strictObject({ team: text }),
      z.strictObject({
        set: z.array(text).min(1),
        lbAlgorithm: z.enum(['HyperVPort', 'Dynamic']).exactOptional(),
      }),
    ])
    .exactOptional(),
  minimumBandwidthMode: z.enum(['Absolute', 'Weight', 'None']).exactOptional(),
});

const vnic = z.strictObject({
  name: text,
  adapterName: maybeText,
  vswitch: text,
  vlanId: vlan,
  mappedTo: maybeText,
  placedOn: maybeText,
  mtu: maybeCount,
  rdma: flag,
  maximumBandwidth: bitsPerSecond,
  isolationVlanId: vlan,
});

const vm = z.strictObject({
  name: text,
  vnics: z
    .array(z.strictObject({ name: maybeText, vswitch: text, placedOn: maybeText, vlanId: vlan }))
    .exactOptional(),
  disks: z.array(text).exactOptional(),
});

const address = z.strictObject({
  interface: text,
  address: text,
  origin: z.enum(['Manual', 'Dhcp', 'WellKnown']).exactOptional(),
  state: z.enum(['Preferred', 'Tentative', 'Duplicate', 'Deprecated']).exactOptional(),
  gateway: maybeText,
  tentativeUntil: moment,
  skipAsSource: flag,
});

const disk = z.strictObject({
  number: count,
  busType: z.enum(['iSCSI', 'Fibre Channel', 'SAS', 'SATA', 'NVMe', 'RAID', 'Spaces']).exactOptional(),
  size: maybeCount,
  friendlyName: maybeText,
  uniqueId: maybeText,
  isClustered: flag,
  isOffline: flag,
  isBoot: flag,
});

const chap = z.strictObject({ username: z.string(), secret: z.string() }).exactOptional();

const iscsi = z.strictObject({
  initiator: maybeText,
  targets: z.array(
    z.strictObject({
      iqn: text,
      portals: z.array(text),
      chap,
      luns: z.array(disk.extend({ policy: z.enum(lbPolicies).exactOptional() })).exactOptional(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      iqn: text,
      connections: z.array(
        z.strictObject({ from: text.nullable().exactOptional(), leaves: maybeText, to: text }),
      ),
      isPersistent: flag,
      isConnected: flag,
      disks: z.array(count).exactOptional(),
      initiatorInstance: maybeText,
      isMultipath: flag,
      ordinal: maybeCount,
      chapUser: maybeText,
    }),
  ),
  portals: z.array(z.strictObject({ address: text, port: count, from: z.string() })).exactOptional(),
  logins: z
    .array(
      z.strictObject({
        iqn: text,
        from: text.nullable(),
        to: text,
        isMultipath: z.boolean(),
        initiatorInstance: maybeText,
        chap,
      }),
    )
    .exactOptional(),
  lastOrdinal: maybeCount,
  initiatorSecret: maybeText,
});

const mpio = z.strictObject({
  claimsIscsi: flag,
  claimsSas: flag,
  supportedHardware: z.array(z.strictObject({ vendorId: text, productId: text })).exactOptional(),
  globalPolicy: z.enum(['None', 'FOO', 'RR', 'LQD', 'LB']).exactOptional(),
  timers: z.record(text, z.union([z.number(), text])).exactOptional(),
  disks: z.array(
    z.strictObject({
      disk: count,
      policy: z.enum(lbPolicies),
      dsm: maybeText,
      pathStates: z.array(z.enum(mpioPathStates)).exactOptional(),
      quietPaths: z.array(z.int().min(0)).exactOptional(),
      pathCount: maybeCount,
    }),
  ),
});

const pairs = z.array(z.tuple([text, text])).exactOptional();

const smb = z.strictObject({
  servers: z.array(
    z.strictObject({
      name: text,
      shares: z.array(
        z.strictObject({
          name: text,
          user: maybeText,
          dialect: maybeText,
          opens: maybeCount,
          instance: z.enum(smbInstances).exactOptional(),
        }),
      ),
      interfaces: z.array(z.strictObject({ address: text, speed: bitsPerSecond, rss: flag, rdma: flag })),
      selected: pairs,
      failed: pairs,
    }),
  ),
  constraints: z.array(z.strictObject({ server: text, interface: text })).exactOptional(),
  isMultichannelEnabled: flag,
});

const traffic = z.strictObject({
  recordedSeconds: z.int().min(2).max(3600).exactOptional(),
  everySeconds: z.int().positive().exactOptional(),
  adapterCounters: z.enum(['statistics', 'performance']).exactOptional(),
  demands: z.array(
    z.strictObject({
      on: z.union([
        z.strictObject({ disk: count }),
        z.strictObject({ share: text }),
        z.strictObject({ vm: text }),
      ]),
      in: z.number().nonnegative(),
      out: z.number().nonnegative(),
      wave: z.number().min(0).max(1).exactOptional(),
      waveSeconds: z.number().positive().exactOptional(),
      from: maybeCount,
      until: maybeCount,
    }),
  ),
});

const switches = z.record(text, z.boolean()).exactOptional();

const setting = z.strictObject({
  interface: text,
  bindings: switches,
  registersInDns: flag,
  dhcp: flag,
  dnsServers: z.array(text).exactOptional(),
  metric: maybeCount,
  rss: flag,
  powerManagement: switches,
  advanced: z.record(text, z.string()).exactOptional(),
  restartsUntil: moment,
});

const task = z.strictObject({
  path: text,
  name: text,
  description: z.string().exactOptional(),
  isEnabled: z.boolean(),
  actions: z.array(
    z.strictObject({ execute: text, arguments: z.string().exactOptional(), workingDirectory: maybeText }),
  ),
  triggers: z.array(
    z.union([
      z.strictObject({ kind: z.literal('startup') }),
      z.strictObject({ kind: z.literal('once'), at: z.number(), everyMs: moment, durationMs: moment }),
    ]),
  ),
  principal: z.strictObject({ userId: z.string(), logonType: z.string(), runLevel: z.string() }),
  settings: z.record(text, z.union([z.string(), z.number(), z.boolean()])),
  lastRun: moment,
  lastResult: z.number(),
  isRunning: flag,
});

const scenario: z.ZodType<Scenario> = z.strictObject({
  id: text,
  title: text,
  story: text,
  windows: z.strictObject({
    release: z.enum(windowsReleases),
    isClient: flag,
    language: maybeText,
  }),
  computer: z.strictObject({
    name: text,
    domain: maybeText,
    manufacturer: maybeText,
    model: maybeText,
  }),
  isElevated: flag,
  features: z.array(text),
  msiscsi: z
    .strictObject({
      status: z.enum(['Running', 'Stopped']),
      startType: z.enum(['Automatic', 'Manual', 'Disabled']),
    })
    .exactOptional(),
  adapters: z.array(adapter),
  lbfoTeams: z.array(lbfoTeam).exactOptional(),
  vswitches: z.array(vswitch).exactOptional(),
  vnics: z.array(vnic).exactOptional(),
  vms: z.array(vm).exactOptional(),
  addresses: z.array(address).exactOptional(),
  routes: z
    .array(z.strictObject({ interface: text, prefix: text, nextHop: text, metric: count.exactOptional() }))
    .exactOptional(),
  iscsi: iscsi.exactOptional(),
  mpio: mpio.exactOptional(),
  disks: z.array(disk).exactOptional(),
  smb: smb.exactOptional(),
  cluster: z
    .strictObject({
      name: text,
      networks: z
        .array(
          z.strictObject({
            name: text,
            prefix: text,
            role: z.union([z.literal(0), z.literal(1), z.literal(3)]),
          }),
        )
        .exactOptional(),
      isS2d: flag,
    })
    .exactOptional(),
  traffic: traffic.exactOptional(),
  settings: z.array(setting).exactOptional(),
  subnets: z.array(z.strictObject({ prefix: text, vlanId: vlan, mtu: maybeCount })).exactOptional(),
  takenAddresses: z.array(text).exactOptional(),
  blocksEchoes: z.array(text).exactOptional(),
  events: z
    .array(
      z.strictObject({ source: text, id: count, level: count, at: text, interface: text.exactOptional() }),
    )
    .exactOptional(),
  pending: z
    .strictObject({
      install: z.array(text).exactOptional(),
      remove: z.array(text).exactOptional(),
      claimsIscsi: flag,
      mpioTimers: flag,
    })
    .exactOptional(),
  tasks: z.array(task).exactOptional(),
  restarts: maybeCount,
  failures: z
    .partialRecord(
      z.enum(observationNames),
      z.strictObject({ kind: z.enum(observationFailureKinds), hangs: flag }),
    )
    .exactOptional(),
});

/** Fails with `bad-file` and the place inside the file. `name` is what the message calls it. */
export function readScenario(json: string, name: string): Result<Scenario> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    return fail('bad-file', `${name} is not JSON.`, {
      detail: cause instanceof Error ? cause.message : String(cause),
    });
  }
  const read = scenario.safeParse(parsed);
  if (read.success) return succeed(read.data);
  const [issue] = read.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  return fail(
    'bad-file',
    `${name} is not a scenario: ${place === '' ? '' : `${place}: `}${issue?.message ?? ''}`,
    {
      detail: z.prettifyError(read.error),
    },
  );
}
