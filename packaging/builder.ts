/** What electron-builder brings: its own libraries, in the very versions that will make the packages. */
import { createRequire } from 'node:module';

interface Builder {
  readonly getConfig: (folder: string, file: string, more: undefined) => Promise<DesktopConfig>;
  readonly validateConfiguration: (config: unknown, debug: { readonly isEnabled: boolean }) => Promise<void>;
}

export interface DesktopConfig {
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly disableAsarIntegrity: boolean;
  readonly win: { readonly requestedExecutionLevel: string; readonly icon: string };
  readonly nsis: { readonly perMachine: boolean };
}

interface Fuses {
  readonly getCurrentFuseWire: (executable: string) => Promise<Readonly<Record<string, number | string>>>;
  readonly flipFuses: (executable: string, config: Readonly<Record<string, unknown>>) => Promise<number>;
  readonly FuseV1Options: Readonly<Record<string, string | number>>;
}

interface FuseStates {
  readonly FuseState: { readonly DISABLE: number; readonly ENABLE: number };
}

interface Asar {
  readonly createPackage: (folder: string, archive: string) => Promise<void>;
  readonly listPackage: (archive: string, options: { readonly isPack: boolean }) => readonly string[];
}

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const fromLibrary = createRequire(fromBuilder.resolve('app-builder-lib'));

export const fuses = fromLibrary('@electron/fuses') as Fuses;
export const fuseStates = (fromLibrary('@electron/fuses/dist/constants.js') as FuseStates).FuseState;
export const asar = fromLibrary('@electron/asar') as Asar;
const builder = fromLibrary('app-builder-lib/out/util/config/config.js') as Builder;

/** electron-builder.yml below `root`. Throws where electron-builder's own schema refuses it. */
export async function readDesktopConfig(root: string): Promise<DesktopConfig> {
  const config = await builder.getConfig(root, 'electron-builder.yml', undefined);
  await builder.validateConfiguration(config, { isEnabled: false });
  return config;
}

export function validateDesktopConfig(config: unknown): Promise<void> {
  return builder.validateConfiguration(config, { isEnabled: false });
}
