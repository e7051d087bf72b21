/** `switchyard check`: look at a host, judge it, say what is wrong; the exit code says how bad it is. */
import type { Check } from '#shared/finding.ts';
import { checkCapture } from '../app/check.ts';
import { readVendorProfile, vendorProfileIds } from '../app/vendor-profiles.ts';
import { nothingObserved } from '#shared/observed-paths.ts';
import { renderCheckJson, summarise } from '../report/check-json.ts';
import { renderJUnit, renderJUnitFailure, type FailsCase } from '../report/junit.ts';
import { writeWholeFile } from '../platform/write-file.ts';
import { renderCheckText } from '../report/check-text.ts';
import { defineCommand, judgingHelp, judgingOptions } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings } from './look.ts';
import { packetHelp, packetOptions, refusePackets } from './packet-option.ts';
import { showFailure } from './show-failure.ts';

export const failOnLevels = ['error', 'warning', 'never', 'not-evaluated'] as const;
export type FailOn = (typeof failOnLevels)[number];

export const command = defineCommand({
  help: `switchyard check: how a host reaches its storage and what is wrong with it

  switchyard check [--capture FILE | --demo NAME | --host local] [--json] [--junit FILE]
                   [--fail-on LEVEL] [--profile VENDOR] [--probe-packets]

${judgingHelp}
${packetHelp}

Answer
  --json            for programs: JSON on standard output, everything else on standard error
  --fail-on LEVEL   which findings make the exit code other than 0:
                      warning        errors and warnings (default)
                      error          errors only
                      not-evaluated  as warning, and 1 where a rule could not be evaluated
                      never          none
  --junit FILE      also as JUnit XML for a build server: a case for each rule, failed by what --fail-on names
  --profile VENDOR  compare timers and policies with what this vendor asks for, whatever the settings say:
                      ${vendorProfileIds().join('\n                      ')}
  -h, --help        this text

Exit code
  0  no error and no warning      2  an error                  64  a wrong call
  1  a warning                    3  the check could not be made
Findings that were waived count for nothing: switchyard settings waive`,
  options: {
    ...judgingOptions,
    ...packetOptions,
    json: { type: 'boolean' },
    junit: { type: 'string' },
    'fail-on': { type: 'string', choices: failOnLevels },
    profile: { type: 'string', choices: vendorProfileIds() },
  },
  run: async (options, terminal) => {
    refusePackets(options);
    const looked = await lookWithSettings(options, terminal, { sendPackets: options['probe-packets'] });
    const { profile, junit } = options;
    const failOn = (options['fail-on'] as FailOn | undefined) ?? 'warning';
    if (!looked.ok) {
      if (junit !== undefined) await writeWholeFile(junit, renderJUnitFailure(looked.failure));
      return showFailure(looked.failure, terminal);
    }
    const { capture, origin, settings } = looked.value;
    const check = checkCapture(
      capture,
      origin.source,
      profile === undefined ? settings : { ...settings, profile: readVendorProfile(profile) },
    );
    terminal.answer(
      options.json
        ? JSON.stringify(renderCheckJson(check), undefined, 2)
        : renderCheckText(check, origin, terminal.textOptions()),
    );
    if (junit !== undefined) {
      const written = await writeWholeFile(junit, renderJUnit(check, failsBy(failOn)));
      if (!written.ok) return showFailure(written.failure, terminal);
    }
    const nothing = nothingObserved(check);
    if (nothing) return showFailure({ ...nothing, kind: 'unexpected' }, terminal);
    return exitCodeOf(check, failOn);
  },
});

/** The same line that the exit code draws. */
function failsBy(failOn: FailOn): FailsCase {
  return (what) => {
    if (failOn === 'never' || what === 'info') return false;
    if (what === 'not-evaluated') return failOn === 'not-evaluated';
    return what === 'error' || failOn !== 'error';
  };
}

export function exitCodeOf(check: Pick<Check, 'findings' | 'rules'>, failOn: FailOn): number {
  const { errors, warnings, notEvaluated } = summarise(check);
  if (failOn === 'never') return exitCodes.fine;
  if (errors > 0) return exitCodes.error;
  if (failOn === 'error') return exitCodes.fine;
  if (warnings > 0) return exitCodes.warning;
  return failOn === 'not-evaluated' && notEvaluated > 0 ? exitCodes.warning : exitCodes.fine;
}
