/** The option of commands that may send packets for a look: apart, so that the others start without it. */
import { WrongCall, type OptionShapes } from './command.ts';

/** Of commands that may send something for a look. */
export const packetOptions = { 'probe-packets': { type: 'boolean' } } as const satisfies OptionShapes;

export const packetHelp = `  --probe-packets   send packets of full size, in one piece, to every end of storage, and say which pass:
                    a few echoes (ping) for each pair of addresses`;

/** Throws {@link WrongCall}: a file sends nothing. */
export function refusePackets(options: {
  readonly 'probe-packets': boolean;
  readonly capture?: string | undefined;
}): void {
  if (!options['probe-packets'] || options.capture === undefined) return;
  throw new WrongCall(
    'Packets are sent by a host, not by a capture of it.',
    'Take the capture on the host with --probe-packets: what came of it is judged with it.',
  );
}
