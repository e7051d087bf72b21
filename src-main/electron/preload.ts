/** The window's only door: the bridge of the contract, and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import { bridgeOver } from '#shared/contract.ts';
import type { Result } from '#shared/result.ts';

const listeners = new Map<string, Set<(payload: unknown) => void>>();

ipcRenderer.on('switchyard:event', (_event, name: unknown, payload: unknown) => {
  if (typeof name !== 'string') return;
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

contextBridge.exposeInMainWorld(
  'bridge',
  bridgeOver({
    call: (name, request) => ipcRenderer.invoke('switchyard:call', name, request) as Promise<Result<unknown>>,
    listen: (event, listener) => {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => void all.delete(listener);
    },
  }),
);
