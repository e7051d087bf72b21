/** Node.js starts a program that it is too old for, and then ends somewhere in the middle of it. */

const oldest = 22;

/** What to say where this Node.js is too old to run the product, as `process.versions.node` tells it. */
export function nodeTooOld(version: string): string | undefined {
  if (Number(version.split('.')[0]) >= oldest) return undefined;
  return `switchyard: Switchyard needs Node.js ${oldest} or newer, and this is ${version}.\nInstall a newer Node.js, or use the desktop program, which brings its own.`;
}
