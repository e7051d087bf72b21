/** The fuses of the desktop program: what electron-builder.yml asks for, against what is in the executable. */
import { fuses, fuseStates } from './builder.ts';

/** What differs, in sentences; empty where every fuse of the executable is as it was asked for, and none is unjudged. */
export async function fuseProblems(
  executable: string,
  asked: Readonly<Record<string, boolean>>,
): Promise<readonly string[]> {
  const wire = await fuses.getCurrentFuseWire(executable);
  const states = Object.entries(wire).filter(([key]) => /^\d+$/.test(key));
  if (states.length === 0) return ['The executable has no fuses.'];
  return states.flatMap(([index, state]) => {
    const name = fuses.FuseV1Options[index];
    if (typeof name !== 'string') return [`Fuse ${index} is new in this Electron, and nobody has judged it.`];
    const wanted = asked[name.charAt(0).toLowerCase() + name.slice(1)];
    if (wanted === undefined) return [`The fuse ${name} is not in the configuration.`];
    if (state === (wanted ? fuseStates.ENABLE : fuseStates.DISABLE)) return [];
    return [`The fuse ${name} is not ${wanted ? 'on' : 'off'}, as the configuration wants it.`];
  });
}
