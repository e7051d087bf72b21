/** Every fix, by id. A plain list of imports, so that it is the same under Node, in a bundle and in the tests. */
import type { Fix } from './define-fix.ts';
import { fix as iscsiServiceAutomatic } from './fixes/iscsi-service-automatic.fix.ts';
import { fix as mpioPolicyOfDisk } from './fixes/mpio-policy-of-disk.fix.ts';

export const fixes: readonly Fix[] = [iscsiServiceAutomatic, mpioPolicyOfDisk];
