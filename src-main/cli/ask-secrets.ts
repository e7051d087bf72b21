/** Secrets typed into the terminal: never shown, never an argument. */
import type { AskedSecret } from '#shared/fix-plan.ts';
import { visibleText } from '#shared/visible-text.ts';
import type { Terminal } from './terminal.ts';

/** Undefined where one was needed and could not be asked for. */
export async function askSecrets(
  asked: readonly AskedSecret[],
  terminal: Terminal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const secrets: Record<string, string> = {};
  for (const { id, question } of asked) {
    const answer = await terminal.ask(`${visibleText(question)} `, { isHidden: true });
    if (answer === undefined || answer === '') {
      terminal.remark('A secret is needed and could not be asked for: run it in a terminal.');
      return undefined;
    }
    secrets[id] = answer;
  }
  return secrets;
}
