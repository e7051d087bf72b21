/** What the tests of the desktop shell use in place of Electron: it keeps what it was given, and can be asked for it. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

export class WebContentsDouble extends EventEmitter {
  readonly mainFrame = { url: 'switchyard://app/', detached: false };
  readonly setWindowOpenHandler = vi.fn();
  readonly send = vi.fn();
  readonly forcefullyCrashRenderer = vi.fn();
  isGone = false;
  getURL = (): string => this.mainFrame.url;
  isDestroyed = (): boolean => this.isGone;
  isCrashed = (): boolean => false;
}

export class BrowserWindowDouble extends EventEmitter {
  readonly webContents = new WebContentsDouble();
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly show = vi.fn();
  readonly maximize = vi.fn();
  readonly restore = vi.fn();
  readonly focus = vi.fn();
  readonly destroy = vi.fn();
  readonly options: unknown;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  isFull = false;
  isSmall = false;
  isDestroyed = (): boolean => this.webContents.isGone;
  isMaximized = (): boolean => this.isFull;
  isMinimized = (): boolean => this.isSmall;
  getNormalBounds = () => this.bounds;

  constructor(options: unknown) {
    super();
    this.options = options;
  }
}

export class SessionDouble extends EventEmitter {
  readonly setPermissionRequestHandler = vi.fn();
  readonly setPermissionCheckHandler = vi.fn();
  readonly setDevicePermissionHandler = vi.fn();
  readonly webRequest = { onBeforeRequest: vi.fn() };
  readonly protocol = { handle: vi.fn() };
}

export const handlers = new Map<string, (...words: unknown[]) => unknown>();
export const registerSchemesAsPrivileged = vi.fn();

/** For `vi.mock('electron', electronDouble)`. */
export function electronDouble() {
  return {
    BrowserWindow: BrowserWindowDouble,
    protocol: { registerSchemesAsPrivileged },
    ipcMain: {
      handle: (channel: string, handler: (...words: unknown[]) => unknown) => handlers.set(channel, handler),
    },
  };
}
