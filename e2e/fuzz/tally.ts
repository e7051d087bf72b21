export interface Tally {
  /** Files that were read, with or without gaps. */
  judged: number;
  /** Files that were refused, with a reason. */
  refused: number;
}
