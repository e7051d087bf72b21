/** Writing a capture to a file, as the shells ask for it. */
export { writeCaptureFile as saveCapture } from '../discovery/capture-file.ts';
