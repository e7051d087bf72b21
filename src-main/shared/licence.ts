/** A package that is part of the product, and the terms it came under. */
export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  /** As its package.json has it: an SPDX expression, such as `MIT`. */
  readonly licence: string;
  /** The licence itself; empty where the package brings no file of it. */
  readonly text: string;
}
