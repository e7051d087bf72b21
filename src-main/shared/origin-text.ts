/** Where a host comes from, in words that leave no doubt whether it is a real one. */
import type { HostOrigin } from './host-state.ts';

export function originText({ source, label }: HostOrigin): string {
  switch (source) {
    case 'local':
      return 'this machine';
    case 'capture':
      return `capture file ${label}`;
    case 'demo':
      return `${label} (simulated)`;
  }
}
