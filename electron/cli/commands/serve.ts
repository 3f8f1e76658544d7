/**
 * `gslab serve`: the lab in a browser. Prints the address with its token, opens it in the person's browser unless told
 * not to, and serves until Ctrl-C. Runs go to the app's own session folder, or into the session that is named.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { APP_VERSION } from '../../engine/app-version.ts';
import { Lab } from '../../engine/lab.ts';
import { startServer } from '../../engine/server.ts';
import { hasDisplay } from '../browser-window.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { wholeNumber } from '../option-values.ts';
import { outputFile } from '../output-path.ts';
import { ensureRendererBuilt } from '../renderer-build.ts';
import { QUIET_MILLISECONDS, type Terminal } from '../terminal.ts';

interface Options {
  readonly port: number;
  readonly open: boolean;
  readonly session?: string;
}

/** The system's own way of opening an address; its failure is no trouble, the address is printed too. */
function openInBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]];
  const child = spawn(command as string, args as string[], { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}

/** An existing session, or a place for a new one. */
function sessionPath(path: string): string {
  return existsSync(path) ? resolve(path) : outputFile(path, { option: '--session', extensions: ['.gslab'], force: false });
}

/** Says that it is building only when that takes long enough to wonder. */
async function builtRenderer(terminal: Terminal): Promise<string> {
  const telling = setTimeout(() => terminal.note(`${terminal.word('building')}…`), QUIET_MILLISECONDS);
  try {
    return await ensureRendererBuilt();
  } finally {
    clearTimeout(telling);
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

export const addServe: AddCommand = (program, invocation) => {
  program
    .command('serve')
    .description('the lab in a browser')
    .option('--port <number>', 'port on 127.0.0.1; any free one unless given', wholeNumber('--port', 0, 65_535), 0)
    .option('--session <file.gslab>', 'the session to open, made if it does not exist')
    .option('--no-open', 'only print the address')
    .action(async (options: Options) => {
      const terminal = terminalFor(invocation, {});
      const session = options.session === undefined ? undefined : sessionPath(options.session);
      // From before the lab is open, so that a Ctrl-C meanwhile closes it in order too.
      const stopped = untilStopped();
      const lab = await Lab.open({
        appVersion: APP_VERSION,
        ...(session === undefined ? {} : { sessionPath: session, create: !existsSync(session) }),
      });
      try {
        const server = await startServer(lab, { port: options.port, rendererFolder: await builtRenderer(terminal) });
        terminal.print(`${terminal.word('open')} ${server.url}`);
        if (options.open && hasDisplay(process.platform, process.env)) openInBrowser(server.url);
        await stopped;
        await server.close();
      } finally {
        await lab.close();
      }
      invocation.exitCode = EXIT.ok;
    });
};
