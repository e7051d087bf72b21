/** The targets that a command is about: all, or the one that is named. */
import { visibleText } from '#shared/visible-text.ts';
import { nearest } from '../app/nearest.ts';
import { WrongCall } from './command.ts';

const namesShown = 8;

/** By its name without case, or by a part of it that no other has. Throws {@link WrongCall}. */
export function targetsNamed<T extends { readonly name: string }>(
  targets: readonly T[],
  name: string | undefined,
): readonly T[] {
  if (name === undefined) return targets;
  const key = name.toLowerCase();
  const exact = targets.filter((target) => target.name.toLowerCase() === key);
  const found =
    exact.length > 0 ? exact : targets.filter((target) => target.name.toLowerCase().includes(key));
  if (found.length === 1) return found;
  const names = (found.length > 0 ? found : targets).map((target) => target.name);
  const meant = nearest(name, names);
  throw new WrongCall(
    visibleText(found.length === 0 ? `There is no target "${name}".` : `"${name}" can mean several targets.`),
    visibleText(
      meant !== undefined
        ? `Did you mean ${meant}?`
        : names.length === 0
          ? 'The host has none of the kind.'
          : `There are: ${names.slice(0, namesShown).join(', ')}.`,
    ),
  );
}
