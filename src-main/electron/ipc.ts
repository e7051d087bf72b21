/** The contract over Electron's channels: only our own page in our own window is listened to, and told things. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { fail, type Result } from '#shared/result.ts';
import type { Application } from '../app/application.ts';
import { createOutbox } from '../app/event-outbox.ts';
import { isPageUrl } from './scheme.ts';

const callChannel = 'switchyard:call';
const eventChannel = 'switchyard:event';
/** Events of one kind closer together than this are one: no eye sees more. */
const betweenEventsMs = 50;

type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** Main frame, our page, a window that we made; a frame that is gone is null or throws. */
export function isOurPage(event: Sender, windows: ReadonlySet<WebContents>): boolean {
  const { sender, senderFrame } = event;
  if (!windows.has(sender) || sender.isDestroyed() || senderFrame === null || senderFrame.detached) {
    return false;
  }
  return senderFrame === sender.mainFrame && isPageUrl(senderFrame.url);
}

export function answerCalls(application: Pick<Application, 'call'>, windows: ReadonlySet<WebContents>): void {
  ipcMain.handle(callChannel, async (event, name: unknown, request: unknown): Promise<Result<unknown>> => {
    if (!isOurPage(event, windows)) return fail('refused', 'Only the window of Switchyard may ask.');
    return application.call(name, request);
  });
}

/** Until the window is gone. */
export function sendEvents(application: Pick<Application, 'listen'>, contents: WebContents): void {
  let pause: NodeJS.Timeout | undefined;
  const outbox = createOutbox(({ event, payload }) => {
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(eventChannel, event, payload);
    pause = setTimeout(() => outbox.drained(), betweenEventsMs);
    return false;
  });
  const stop = application.listen((event) => outbox.push(event));
  contents.once('destroyed', () => {
    clearTimeout(pause);
    stop();
  });
}
