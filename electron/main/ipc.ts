/**
 * Messages from the page. Each one is believed only when it comes from the main frame of the lab's own window on the
 * engine's origin, with arguments of the agreed shape; anything else is refused and changes nothing.
 */
import { isAbsolute } from 'node:path';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { LANGUAGES, THEMES } from '../shared/contract.ts';
import { CHANNELS, type Shown } from '../shared/desktop.ts';
import type { ElectronParts } from './electron-parts.ts';

const path = z.string().min(1).max(4096);
const absolutePath = path.refine(isAbsolute);
const shownSchema = z.object({
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  session: z.object({ path: absolutePath, name: z.string().max(4096), saved: z.boolean() }),
}) satisfies z.ZodType<Shown>;

export interface PageRequests {
  /** Of the window; undefined when there is none. */
  contentsId(): number | undefined;
  origin(): string | undefined;
  chooseOpen(): Promise<string | null>;
  chooseSave(suggested: string): Promise<string | null>;
  reveal(path: string): void;
  show(shown: Shown): void;
  /** The page is ready to be asked to open files. */
  listening(): void;
}

type FromPage = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

export function isOwnSender(event: FromPage, contentsId: number | undefined, origin: string | undefined): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && origin !== undefined && frame.origin === origin && event.sender.id === contentsId;
}

export function answerPage(ipcMain: ElectronParts['ipcMain'], requests: PageRequests): void {
  const isOwn = (event: FromPage) => isOwnSender(event, requests.contentsId(), requests.origin());

  const invoke = <T>(channel: string, schema: z.ZodType<T>, answer: (argument: T) => Promise<string | null>) => {
    ipcMain.handle(channel, (event, argument: unknown) => {
      const parsed = schema.safeParse(argument);
      if (!isOwn(event) || !parsed.success) throw new Error(`${channel}: refused`);
      return answer(parsed.data);
    });
  };
  const receive = <T>(channel: string, schema: z.ZodType<T>, act: (argument: T) => void) => {
    ipcMain.on(channel, (event, argument: unknown) => {
      const parsed = schema.safeParse(argument);
      if (isOwn(event) && parsed.success) act(parsed.data);
    });
  };

  invoke(CHANNELS.chooseOpen, z.undefined(), () => requests.chooseOpen());
  invoke(CHANNELS.chooseSave, path, (suggested) => requests.chooseSave(suggested));
  receive(CHANNELS.reveal, absolutePath, (file) => requests.reveal(file));
  receive(CHANNELS.show, shownSchema, (shown) => requests.show(shown));
  receive(CHANNELS.listening, z.undefined(), () => requests.listening());
}
