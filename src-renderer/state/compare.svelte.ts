/** The last look against a file that the person chose: sent in pieces, since the page names no files. */
import type { WindowBridge } from '#shared/contract.ts';
import { comparedPartBytes, comparedPieceBytes, type ComparedFile } from '#shared/host-diff.ts';
import { fail, type Failure, type Result } from '#shared/result.ts';

export class CompareStore {
  readonly #bridge: WindowBridge;
  #result = $state.raw<ComparedFile>();
  #failure = $state.raw<Failure>();
  #isComparing = $state(false);
  #share = $state(0);
  #fileName = $state('');

  constructor(bridge: WindowBridge) {
    this.#bridge = bridge;
  }

  get result(): ComparedFile | undefined {
    return this.#result;
  }

  /** Why the last file could not be compared. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isComparing(): boolean {
    return this.#isComparing;
  }

  /** How much of the file is sent, 0 to 1. */
  get share(): number {
    return this.#share;
  }

  /** Of the file under way, or of the last one. */
  get fileName(): string {
    return this.#fileName;
  }

  /** One file at a time; another one asked for meanwhile is not begun. */
  async with(file: File): Promise<void> {
    if (this.#isComparing) return;
    this.#isComparing = true;
    this.#share = 0;
    this.#fileName = file.name;
    this.#result = undefined;
    this.#failure = undefined;
    const answer = await this.#send(file);
    this.#isComparing = false;
    if (answer.ok) this.#result = answer.value;
    else this.#failure = answer.failure;
  }

  async #send(file: File): Promise<Result<ComparedFile>> {
    const begun = await this.#bridge.compare.begin({ bytes: file.size });
    if (!begun.ok) return begun;
    const { uploadId } = begun.value;
    for (let index = 0; index * comparedPieceBytes < file.size; index += 1) {
      const from = index * comparedPieceBytes;
      const parts = await partsOf(file.slice(from, from + comparedPieceBytes));
      if (parts === undefined) {
        return fail('bad-file', `${file.name} could not be read to its end.`, {
          remedy: 'Check that it is still there and not being written, then choose it again.',
        });
      }
      const taken = await this.#bridge.compare.piece({ uploadId, index, parts });
      if (!taken.ok) return taken;
      this.#share = taken.value.received / file.size;
    }
    return this.#bridge.compare.finish({ uploadId });
  }
}

/** In base64, each text but the last one full; undefined where the file is no longer what was chosen. */
async function partsOf(piece: Blob): Promise<readonly string[] | undefined> {
  const bytes = await piece.arrayBuffer().catch(() => undefined);
  if (bytes === undefined) return undefined;
  return Array.from({ length: Math.ceil(bytes.byteLength / comparedPartBytes) }, (_, part) =>
    btoa(
      String.fromCharCode(
        ...new Uint8Array(bytes.slice(part * comparedPartBytes, (part + 1) * comparedPartBytes)),
      ),
    ),
  );
}
