/** The line to a simulated host, as the tests use it themselves. */
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';

export interface HostWire {
  readonly ask: (request: object) => Promise<unknown>;
  readonly close: () => void;
}

/** One question at a time, a line of JSON each way. */
export async function openWire(address: string): Promise<HostWire> {
  const [host, port] = address.split(':');
  const socket = net.connect(Number(port), host);
  await once(socket, 'connect');
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  return {
    async ask(request) {
      socket.write(`${JSON.stringify(request)}\n`);
      const answer = await lines.next();
      if (answer.done === true) throw new Error('The simulated host closed the connection.');
      return JSON.parse(answer.value) as unknown;
    },
    close: () => socket.destroy(),
  };
}
