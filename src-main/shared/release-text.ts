/** Which Windows a host runs, in words. */
import type { HostIdentity } from './host/host-model.ts';

/** The maker's name says nothing here. */
export function releaseText({ caption }: Pick<HostIdentity, 'caption'>): string {
  return caption?.replace(/^Microsoft /, '') ?? 'Windows release not known';
}
