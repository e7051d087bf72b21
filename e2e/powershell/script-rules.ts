/**
 * The rules for every script under resources/powershell, judged on the syntax tree of the real parser.
 *
 * Which Windows releases a script is for: all of them, unless its comment help has `.NOTES` with a line such as
 * `Windows: 2016+`, `Windows: 2012R2+` or `Windows: 2016, 2019`. A single newer call or parameter needs a guard that
 * can be seen (`if (Get-Command -Name 'X' ...) { X }`, `Test-Command -Name 'X'`, or for a parameter
 * `(Get-Command -Name 'X').Parameters.ContainsKey('P')`), or the comment `# Windows: 2016+` on its line or the line
 * above, inside an `if`, a `try` or a script block: where its absence is dealt with. A call that may change something
 * by its verb but only reads says why: `# Reads: ...` in the same place.
 */
import { releases, windowsCommands, type Release, type WindowsCommand } from './windows-commands.ts';

interface Located {
  readonly line: number;
}

interface CommandElement {
  readonly kind: 'parameter' | 'splat' | 'constant' | 'expression';
  readonly text: string;
  /** `-Name:value`. */
  readonly hasArgument: boolean;
}

interface CommandFact extends Located {
  readonly statementLine: number;
  readonly name: string | null;
  readonly invokedBy: '' | '&' | '.';
  readonly target: string;
  readonly elements: readonly CommandElement[];
  readonly isConditional: boolean;
  readonly guardedCommands: readonly string[];
  readonly guardedParameters: readonly string[];
  readonly writesFile: boolean;
}

/** What `engine --syntax` prints for one file. */
export interface ScriptFacts {
  readonly file: string;
  readonly errors: readonly (Located & { readonly message: string })[];
  /** The first block comment. */
  readonly help: string;
  readonly comments: readonly (Located & { readonly text: string })[];
  readonly commands: readonly CommandFact[];
  readonly functions: readonly (Located & {
    readonly name: string;
    readonly parameters: readonly string[];
  })[];
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly assignments: readonly (Located & {
    readonly variable: string;
    readonly value: 'hashtable' | 'scriptblock' | 'other';
    readonly keys: readonly string[];
    readonly constants: readonly string[];
  })[];
  readonly types: readonly (Located & { readonly name: string })[];
  readonly attributes: readonly (Located & { readonly name: string })[];
  readonly members: readonly (Located & {
    readonly name: string | null;
    readonly isStatic: boolean;
    readonly isCall: boolean;
    readonly on: string | null;
  })[];
  readonly constructs: readonly (Located & { readonly name: string })[];
}

/**
 * Probes only read; the session's own scripts run and answer them. Scripts of changes run what their own lists allow,
 * by names that stand in data: those lists are held by tests of their own. Scripts of the load open what they read, to
 * read alone, and start readers beside themselves.
 */
export type ScriptRole = 'probe' | 'session' | 'change' | 'load';

export interface Script {
  readonly role: ScriptRole;
  readonly facts: ScriptFacts;
  readonly bytes: Uint8Array;
}

export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly rule: RuleName;
  readonly message: string;
}

export const ruleNames = [
  'parses',
  'plain-text',
  'help',
  'syntax-of-3.0',
  'no-exit',
  'constant-command',
  'known-command',
  'known-parameter',
  'named-parameters',
  'on-this-windows',
  'forbidden-command',
  'only-reads',
  'known-type',
  'known-method',
] as const;
export type RuleName = (typeof ruleNames)[number];

const forbiddenCommands = new Set(
  [
    'Invoke-Expression',
    'Add-Type',
    'Invoke-WebRequest',
    'Invoke-RestMethod',
    'Start-BitsTransfer',
    'Start-Process',
    'Start-Job',
    'Invoke-Command',
    'Invoke-Item',
    'Read-Host',
    'Import-Module',
  ].map((name) => name.toLowerCase()),
);

const readingVerbs = new Set(
  'Get Test Select Where ForEach Sort Measure Group ConvertTo ConvertFrom Compare Join Split Resolve Format Find Out'
    .toLowerCase()
    .split(' '),
);
/** Harmless though their verbs are not those of reading. */
const harmlessCommands = new Set(
  'Write-Output Write-Warning Write-Verbose Write-Error New-Object Start-Sleep'.toLowerCase().split(' '),
);
/** What the session's scripts do to their own process. */
const sessionCommands = new Set(['remove-typedata', 'set-strictmode', 'add-member', 'set-variable']);

const changeTypes = new Set(
  [
    'io.file io.path diagnostics.stopwatch security.cryptography.sha256cryptoserviceprovider bitconverter',
    'management.automation.wildcardpattern',
  ]
    .join(' ')
    .split(' '),
);
const changeMethods = new Set(
  'addseconds addticks computehash getbytes exists readalltext writealltext delete move create'.split(' '),
);
const changeStaticMethods = new Set(
  [
    'io.path::combine io.file::exists io.file::readalltext io.file::writealltext io.file::delete io.file::move scriptblock::create',
    'diagnostics.stopwatch::gettimestamp timespan::fromminutes bitconverter::tostring string::join',
  ]
    .join(' ')
    .split(' '),
);
const loadTypes = new Set(
  [
    'type io.path io.file io.filestream io.filemode io.fileaccess io.fileshare io.fileoptions io.seekorigin io.ioexception',
    'io.directoryinfo byte[] int64[] double[] threading.thread threading.threadpriority threading.monitor',
    'management.automation.powershell management.automation.pslanguagemode',
    'management.automation.runspaces.initialsessionstate management.automation.runspaces.runspacefactory',
    'microsoft.win32.safehandles.safefilehandle runtime.interopservices.gchandle',
    'runtime.interopservices.gchandletype runtime.interopservices.callingconvention runtime.interopservices.charset',
    'reflection.assemblyname reflection.emit.assemblybuilder reflection.emit.assemblybuilderaccess',
    'reflection.typeattributes reflection.methodattributes reflection.methodimplattributes',
    'reflection.callingconventions',
  ]
    .join(' ')
    .split(' '),
);
const loadMethods = new Set(
  [
    'addscript addargument begininvoke open dispose seek read start free addrofpinnedobject toint64 getfiles',
    'getdirectories definedynamicmodule definetype definepinvokemethod setimplementationflags createtype getmethod',
    'invoke',
  ]
    .join(' ')
    .split(' '),
);
const loadStaticMethods = new Set(
  [
    'io.path::getdirectoryname io.file::getattributes enum::toobject threading.monitor::enter threading.monitor::exit',
    'threading.thread::sleep runtime.interopservices.gchandle::alloc management.automation.powershell::create',
    'management.automation.runspaces.initialsessionstate::create',
    'management.automation.runspaces.runspacefactory::createrunspace',
    'reflection.emit.assemblybuilder::definedynamicassembly',
  ]
    .join(' ')
    .split(' '),
);
/** The only ways in which the load may open anything. */
const readingModes: ReadonlyMap<string, string> = new Map([
  ['io.fileaccess', 'read'],
  ['io.filemode', 'open'],
]);
/** What scripts of changes do by names of their own: the task of a guard. */
const changeCommands = new Set(
  'register-scheduledtask unregister-scheduledtask start-scheduledtask new-scheduledtaskaction new-scheduledtasktrigger new-scheduledtaskprincipal new-scheduledtasksettingsset'.split(
    ' ',
  ),
);

/** Commands of the session that a probe may call, with their parameters. */
const sessionDoors: ReadonlyMap<string, readonly string[]> = new Map([
  ['stop-observation', ['kind', 'message']],
  ['convertto-sessionerror', ['record']],
]);

/** Arguments by position are clear for these alone. */
const positional: ReadonlyMap<string, number> = new Map([
  ['where-object', 1],
  ['foreach-object', 1],
  ['write-output', 1],
  ['write-warning', 1],
]);

/** Type names without `System.` and in lower case. */
const knownTypes = new Set(
  [
    'pscustomobject psobject ordered hashtable string char bool byte sbyte int16 int int32 uint16 uint32 uint64 long',
    'int64 single double decimal array object void datetime timespan guid math convert enum valuetype regex version',
    'switch scriptblock nullable datetimekind stringcomparison intptr exception invalidoperationexception',
    'collections.arraylist collections.ienumerable collections.idictionary collections.hashtable',
    'collections.generic.list collections.generic.dictionary text.encoding text.stringbuilder',
    'globalization.cultureinfo management.automation.pscustomobject management.automation.errorrecord',
    'management.automation.psnoteproperty management.automation.parameterbindingexception',
    'diagnostics.stopwatch diagnostics.process',
  ]
    .join(' ')
    .split(' '),
);
const sessionTypes = new Set(
  [
    'console activator environment text.utf8encoding io.memorystream io.streamreader io.compression.gzipstream',
    'io.compression.compressionmode diagnostics.stopwatch management.automation.warningrecord platformid',
    'security.principal.windowsidentity security.principal.windowsprincipal security.principal.windowsbuiltinrole',
    'platformnotsupportedexception',
  ]
    .join(' ')
    .split(' '),
);
const knownAttributes = new Set(
  'cmdletbinding parameter allownull allowemptystring allowemptycollection validateset validaterange validatenotnull validatenotnullorempty outputtype alias'.split(
    ' ',
  ),
);
/** Methods of objects that compute and change nothing outside the script. */
const knownMethods = new Set(
  [
    'ToString ToUniversalTime ToLower ToUpper ToLowerInvariant ToUpperInvariant Trim TrimStart TrimEnd Split Replace',
    'Substring StartsWith EndsWith Contains ContainsKey IndexOf LastIndexOf PadLeft Add AddRange ToArray Remove Clear',
    'GetType Equals CompareTo GetEnumerator Insert Append Join Format Match get_Value GetBaseException Refresh',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);
const sessionMethods = new Set(
  'write writeline flush close getbytes getstring isinrole start stop restart reset readtoend'.split(' '),
);
/** `type::member`, in lower case and without `System.`: static methods a probe may call. */
const knownStaticMethods = new Set(
  'math::abs math::min math::max math::floor math::round convert::toint64 convert::touint64 convert::toint32 convert::touint32 convert::tostring convert::tobase64string string::join string::isnullorempty string::isnullorwhitespace string::format bitconverter::tostring guid::parse datetime::utcnow regex::match regex::replace regex::escape regex::matches enum::getname diagnostics.stopwatch::gettimestamp diagnostics.stopwatch::frequency diagnostics.process::getcurrentprocess'.split(
    ' ',
  ),
);

/** Programs of Windows that a probe may run. */
const programs = /System32\\(?:mpclaim|ping)\.exe$/i;

function plainTypeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^system\./, '')
    .replace(/`\d+$/, '');
}

/** `2016+`, `2012R2, 2016`; undefined where it is not that. */
export function parseReleases(text: string): readonly Release[] | undefined {
  const from = /^(\w+)\+$/.exec(text.trim())?.[1];
  if (from !== undefined) {
    const first = releases.findIndex((release) => release === from);
    return first < 0 ? undefined : releases.slice(first);
  }
  const listed = text.split(',').map((part) => part.trim());
  const known = releases.filter((release) => listed.includes(release));
  return known.length === listed.length ? known : undefined;
}

function isAtLeast(version: string, minimum: string): boolean {
  return Number.parseFloat(version) >= Number.parseFloat(minimum);
}

/** Every rule for every script. Functions of one probe file are known to the others only when it is common.ps1. */
export function judgeScripts(scripts: readonly Script[]): Breach[] {
  const shared = scripts.filter(
    ({ role, facts }) => role === 'session' || /[\\/]common\.ps1$/.test(facts.file),
  );
  return scripts.flatMap((script) => {
    const neighbours = shared.filter(
      (other) => other === script || other.role === script.role || script.role === 'change',
    );
    return judge(
      script,
      [script, ...neighbours].flatMap(({ facts }) => facts.functions),
    );
  });
}

function judge({ role, facts, bytes }: Script, functions: ScriptFacts['functions']): Breach[] {
  const breaches: Breach[] = [];
  const breach = (rule: RuleName, line: number, message: string): void => {
    breaches.push({ file: facts.file, line, rule, message });
  };
  const known = new Map(functions.map((found) => [found.name.toLowerCase(), found]));

  let line = 1;
  for (const byte of bytes) {
    if (byte === 10) line += 1;
    if (byte > 126 || (byte < 32 && byte !== 10)) {
      breach('plain-text', line, `Byte ${byte}: scripts are ASCII with LF line ends and no tabs.`);
      break;
    }
  }
  for (const error of facts.errors) breach('parses', error.line, error.message);
  if (!/^\.SYNOPSIS$/m.test(facts.help)) breach('help', 1, 'Comment help with .SYNOPSIS is missing.');
  for (const construct of facts.constructs) {
    if (construct.name === 'exit') breach('no-exit', construct.line, 'exit would end the session.');
    else breach('syntax-of-3.0', construct.line, `Windows PowerShell 3.0 must not meet: ${construct.name}.`);
  }

  const claim = claimedReleases(facts, breach);
  for (const command of facts.commands) judgeCommand(command, claim);
  judgeTypes();
  judgeMembers();
  judgeFunctions();
  return breaches;

  function judgeCommand(command: CommandFact, claimed: readonly Release[]): void {
    const name = command.name?.toLowerCase();
    if (command.writesFile) breach('only-reads', command.line, 'Output is written to a file.');
    if (name === undefined || programs.test(name)) {
      judgeInvocation(command);
      return;
    }
    if (command.invokedBy !== '' && windowsCommands.find(name) === undefined && !known.has(name)) {
      breach(
        'constant-command',
        command.line,
        `${command.invokedBy} ${command.target} runs a program or a file.`,
      );
      return;
    }
    if (forbiddenCommands.has(name)) {
      breach('forbidden-command', command.line, `${name} is not for scripts of the product.`);
      return;
    }
    const door = role === 'probe' ? sessionDoors.get(name) : undefined;
    const own = known.get(name)?.parameters.map((parameter) => parameter.toLowerCase()) ?? door;
    if (own !== undefined) {
      for (const parameter of namedParameters(command)) {
        if (!own.includes(parameter) && !windowsCommands.commonParameters.includes(parameter)) {
          breach('known-parameter', command.line, `${name} has no parameter ${parameter}.`);
        }
      }
      return;
    }
    const listed = windowsCommands.find(name);
    if (listed === undefined || windowsCommands.aliases.has(name)) {
      breach(
        'known-command',
        command.line,
        windowsCommands.aliases.has(name) ? `${name} is an alias.` : `No Windows has a command ${name}.`,
      );
      return;
    }
    const verb = name.split('-')[0] ?? name;
    if (
      !readingVerbs.has(verb) &&
      !harmlessCommands.has(name) &&
      !(role === 'session' && sessionCommands.has(name)) &&
      !(role === 'change' && changeCommands.has(name)) &&
      remark(command, /^#\s*Reads:\s*\S/) === undefined
    ) {
      breach('only-reads', command.line, `${name} changes something by its verb.`);
    }
    judgeParameters(command, name, listed, releasesAt(command, claimed));
  }

  /** A call whose command is not a plain name: a script block, or one of the programs that are allowed. */
  function judgeInvocation(command: CommandFact): void {
    const { target } = command;
    if (target === '{}') return;
    const variable = target.startsWith('$') ? target.slice(1).toLowerCase() : undefined;
    const assigned = facts.assignments.filter((each) => each.variable.toLowerCase() === variable);
    const isBlock =
      facts.parameters.some(
        (parameter) => parameter.name.toLowerCase() === variable && parameter.type === 'ScriptBlock',
      ) ||
      (assigned.length > 0 && assigned.every(({ value }) => value === 'scriptblock'));
    const isProgram =
      assigned.length > 0
        ? assigned.every(({ constants }) => constants.some((constant) => programs.test(constant)))
        : variable === undefined && programs.test(target.replaceAll(/['")\s]+$/g, ''));
    if (isBlock || isProgram || role === 'session' || role === 'change') return;
    breach(
      'constant-command',
      command.line,
      `${command.invokedBy} ${target}: what runs here cannot be seen.`,
    );
  }

  function judgeParameters(
    command: CommandFact,
    name: string,
    listed: WindowsCommand,
    needed: readonly Release[],
  ): void {
    const isGuarded = command.guardedCommands.some((guarded) => guarded.toLowerCase() === name);
    const there = needed.filter((release) => hasCommand(listed, release));
    if (!isGuarded && there.length < needed.length) {
      const missing = needed.filter((release) => !there.includes(release));
      breach('on-this-windows', command.line, `${name} is not on Windows ${missing.join(', ')}.`);
    }
    for (const parameter of namedParameters(command)) {
      if (windowsCommands.commonParameters.includes(parameter)) continue;
      const spelled = listed.parameters.find((each) => each.toLowerCase() === parameter);
      if (spelled === undefined) {
        breach('known-parameter', command.line, `${name} has no parameter -${parameter} by that full name.`);
        continue;
      }
      if (command.guardedParameters.some((guarded) => guarded.toLowerCase() === parameter)) continue;
      const without = there.filter((release) => !hasParameter(listed, spelled, release));
      if (without.length > 0) {
        breach(
          'on-this-windows',
          command.line,
          `${name} has no -${spelled} on Windows ${without.join(', ')}.`,
        );
      }
    }
    if (positionalCount(command, listed) > (positional.get(name) ?? 0)) {
      breach('named-parameters', command.line, `${name} is called with an argument that has no name.`);
    }
  }

  function namedParameters(command: CommandFact): string[] {
    return command.elements.flatMap((element) => {
      if (element.kind === 'parameter') return [element.text.toLowerCase()];
      if (element.kind !== 'splat') return [];
      const tables = facts.assignments.filter(
        ({ variable }) => variable.toLowerCase() === element.text.toLowerCase(),
      );
      if (tables.length === 0 || tables.some(({ value }) => value !== 'hashtable')) {
        breach('known-parameter', command.line, `What @${element.text} holds cannot be seen.`);
        return [];
      }
      return tables.flatMap(({ keys }) => keys.map((key) => key.toLowerCase()));
    });
  }

  /** Arguments that no parameter takes. */
  function positionalCount(command: CommandFact, listed: WindowsCommand): number {
    let count = 0;
    let takes = false;
    for (const element of command.elements) {
      if (element.kind === 'parameter') {
        const name = element.text.toLowerCase();
        const isSwitch =
          ['verbose', 'debug'].includes(name) ||
          listed.switches?.some((each) => each.toLowerCase() === name) === true;
        takes = !element.hasArgument && !isSwitch;
      } else if (element.kind !== 'splat') {
        if (!takes) count += 1;
        takes = false;
      }
    }
    return count;
  }

  /** A comment of this form on the line of the call or of its statement, or on the line above that. */
  function remark(command: CommandFact, form: RegExp): string | undefined {
    const lines = new Set([command.line, command.statementLine, command.statementLine - 1]);
    return facts.comments.find((comment) => lines.has(comment.line) && form.test(comment.text))?.text;
  }

  function releasesAt(command: CommandFact, claimed: readonly Release[]): readonly Release[] {
    const text = remark(command, /^#\s*Windows:/)?.replace(/^#\s*Windows:/, '');
    if (text === undefined) return claimed;
    const narrowed = parseReleases(text);
    if (narrowed === undefined || !command.isConditional) {
      breach(
        'on-this-windows',
        command.line,
        narrowed === undefined
          ? `"${text.trim()}" names no Windows releases.`
          : 'A remark on releases stands only where the absence of the command is dealt with.',
      );
      return claimed;
    }
    return claimed.filter((release) => narrowed.includes(release));
  }

  function isKnownType(name: string): boolean {
    return (
      knownTypes.has(name) ||
      (role === 'session' && sessionTypes.has(name)) ||
      (role === 'change' && changeTypes.has(name)) ||
      (role === 'load' && loadTypes.has(name))
    );
  }

  function judgeTypes(): void {
    for (const type of facts.types) {
      const name = plainTypeName(type.name);
      if (!isKnownType(name)) {
        breach('known-type', type.line, `[${type.name}] is not on the list of types.`);
      }
    }
    for (const attribute of facts.attributes) {
      if (!knownAttributes.has(attribute.name.toLowerCase())) {
        breach('known-type', attribute.line, `[${attribute.name}()] is not on the list of attributes.`);
      }
    }
    for (const command of facts.commands) {
      if (command.name?.toLowerCase() !== 'new-object') continue;
      const at = command.elements.findIndex(
        ({ kind, text }) => kind === 'parameter' && text.toLowerCase() === 'typename',
      );
      const name = command.elements[at + 1];
      const plain = plainTypeName(name?.text ?? '').replace(/\[.*$/, '');
      if (at < 0 || name?.kind !== 'constant' || !isKnownType(plain)) {
        breach(
          'known-type',
          command.line,
          `New-Object of ${name?.text ?? 'nothing'}: the type is not on the list.`,
        );
      }
    }
  }

  function isKnownStatic(name: string): boolean {
    return (
      knownStaticMethods.has(name) ||
      (role === 'change' && changeStaticMethods.has(name)) ||
      (role === 'load' && loadStaticMethods.has(name))
    );
  }

  function judgeMembers(): void {
    for (const member of facts.members) {
      if (member.name === null) continue;
      const name = member.name.toLowerCase();
      const mode = member.isStatic ? readingModes.get(plainTypeName(member.on ?? '')) : undefined;
      if (mode !== undefined && name !== mode) {
        breach('only-reads', member.line, `[${member.on ?? ''}]::${member.name} is more than reading.`);
      }
      if (!member.isCall) continue;
      const isKnown =
        role === 'session'
          ? member.isStatic || knownMethods.has(name) || sessionMethods.has(name)
          : member.isStatic
            ? isKnownStatic(`${plainTypeName(member.on ?? '')}::${name}`)
            : knownMethods.has(name) ||
              (role === 'change' && changeMethods.has(name)) ||
              (role === 'load' && loadMethods.has(name));
      if (!isKnown) breach('known-method', member.line, `${member.name}() is not on the list of methods.`);
    }
  }

  function judgeFunctions(): void {
    if (role !== 'probe') return;
    for (const found of facts.functions) {
      const verb = found.name.toLowerCase().split('-')[0] ?? '';
      if (!readingVerbs.has(verb) && verb !== 'write' && verb !== 'read') {
        breach('only-reads', found.line, `The function ${found.name} has a verb that changes something.`);
      }
    }
    for (const assignment of facts.assignments) {
      if (/^(?:\$?env|\$?global|\$?script):/i.test(assignment.variable)) {
        breach('only-reads', assignment.line, `${assignment.variable} outlives the script.`);
      }
    }
  }
}

function claimedReleases(
  facts: ScriptFacts,
  breach: (rule: RuleName, line: number, message: string) => void,
): readonly Release[] {
  const noted = /^\.NOTES\n(?:(?!\.[A-Z]).*\n)*?\s*Windows:(.*)$/m.exec(facts.help)?.[1];
  if (noted === undefined) return releases;
  const claimed = parseReleases(noted);
  if (claimed !== undefined) return claimed;
  breach('on-this-windows', 1, `.NOTES says "Windows:${noted}", which names no Windows releases.`);
  return releases;
}

function hasCommand(command: WindowsCommand, release: Release): boolean {
  if (command.psMin !== undefined && !isAtLeast(windowsCommands.shipped[release], command.psMin))
    return false;
  return command.os.includes(release) || command.osMaybe?.includes(release) === true;
}

function hasParameter(command: WindowsCommand, parameter: string, release: Release): boolean {
  const minimum = command.parameterPsMin?.[parameter];
  if (minimum !== undefined && !isAtLeast(windowsCommands.shipped[release], minimum)) return false;
  const has = command.parameterOs?.[parameter];
  return (
    has === undefined ||
    has.includes(release) ||
    command.parameterOsMaybe?.[parameter]?.includes(release) === true
  );
}
