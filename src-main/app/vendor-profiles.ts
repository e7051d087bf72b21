/** The vendor profiles that come with the product: what a person may compare a host's timers with. */
import type { VendorProfile } from '#shared/vendor-profile.ts';
import { listResources, readResource } from '../platform/resources.ts';

/** Ids of all profiles, sorted: the names of their files. */
export function vendorProfileIds(): readonly string[] {
  return listResources('profiles').map((file) => file.replace(/\.json$/, ''));
}

/** Throws where there is no profile of this id. */
export function readVendorProfile(id: string): VendorProfile {
  return JSON.parse(readResource(`profiles/${id}.json`)) as VendorProfile;
}
