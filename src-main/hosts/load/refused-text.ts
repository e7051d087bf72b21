/** Why what was to be read is not read, in words for a person. */
import { fail, type Result } from '#shared/result.ts';

const sharingViolation = -2147024864;
const lockViolation = -2147024863;

const texts: Readonly<Record<string, readonly [string, string]>> = {
  'not-elevated': [
    'Only an administrator may read a disk as it is.',
    'Start Switchyard as administrator, or read a file on a share.',
  ],
  'disk-gone': ['Windows has no disk of that number any more.', 'Look again, and choose again.'],
  'another-disk': ['That number is another disk by now.', 'Look again, and choose again.'],
  offline: ['The disk is offline on this host.', 'In a cluster another node may own it: run the load there.'],
  'of-windows': ['Windows starts from this disk.', 'Choose another one.'],
  link: ['The file, or a folder above it, is a link.', 'Choose the file that it leads to.'],
  folder: ['That is a folder.', 'Choose a file.'],
  device: ['That is a device and no file.', 'Choose a file.'],
  elsewhere: [
    'The content of the file lies on another storage and would be fetched.',
    'Choose another file.',
  ],
  'too-small': ['It is too small to be read without reading it over and over.', 'Choose something larger.'],
};

/** `code`: the HRESULT that came with `problem`. */
export function refusedText(word: string, problem?: string, code?: number): Result<never> {
  if (code === sharingViolation || code === lockViolation) {
    return fail('refused', 'Another program holds the file for itself.', {
      remedy: 'A running virtual machine does that with its disks: choose another file.',
      ...(problem !== undefined && { detail: problem }),
    });
  }
  const [message, remedy] = texts[word] ?? ['It could not be opened for reading.', undefined];
  return fail('refused', message, {
    ...(remedy !== undefined && { remedy }),
    ...(problem !== undefined && { detail: problem }),
  });
}
