/**
 * The engine as a process of its own, for the desktop shell and for tests.
 *
 *   --parent          print one JSON line { url, origin, token, port } and leave when standard input closes
 *   --session PATH    open this session, made if it does not exist; without it a new one in the app's folder
 *   --renderer DIR    the built page
 *   --port N          a port instead of any free one
 *
 * What it says to a person goes to standard error. It leaves cleanly on SIGINT and SIGTERM: the run in progress is
 * cancelled, its finished samples are already in the session.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expected } from '../shared/expectation.ts';
import { asTrouble, TroubleError } from '../shared/trouble.ts';
import { troubleText } from '../shared/trouble-text.ts';
import { APP_VERSION } from './app-version.ts';
import { Lab } from './lab.ts';
import { resourceRoot } from './resources.ts';
import { startServer } from './server.ts';

const BAD_INPUT = 2;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { parent: { type: 'boolean' }, session: { type: 'string' }, renderer: { type: 'string' }, port: { type: 'string' } },
    });
    return values;
  } catch (error) {
    throw new TroubleError({ code: 'bad-value', name: 'engine', expected: expected.option(), received: (error as Error).message });
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new TroubleError({ code: 'bad-value', name: '--port', expected: expected.wholeNumber(0, 65_535), received: text });
  }
  return Number(text);
}

async function start(): Promise<void> {
  const { parent, session, renderer, port } = readArguments();
  const lab = await Lab.open({
    appVersion: APP_VERSION,
    ...(session === undefined ? {} : { sessionPath: session, create: !existsSync(session) }),
  });
  const server = await startServer(lab, {
    port: portOf(port),
    rendererFolder: renderer ?? join(resourceRoot(), 'out', 'renderer'),
  }).catch(async (error: unknown) => {
    await lab.close();
    throw error;
  });

  let leaving = false;
  const leave = async () => {
    if (leaving) return;
    leaving = true;
    await server.close();
    await lab.close();
    process.exit(0);
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  if (parent) {
    const { url, origin, token } = server;
    process.stdout.write(`${JSON.stringify({ url, origin, token, port: server.port })}\n`);
    process.stdin.on('end', leave);
    process.stdin.on('error', leave);
    process.stdin.resume();
  } else {
    console.error(server.url);
  }
}

start().catch((error: unknown) => {
  const trouble = asTrouble(error);
  console.error(troubleText(trouble, 'en'));
  if (trouble.code === 'internal') console.error(trouble.detail);
  process.exit(trouble.code === 'internal' ? 1 : BAD_INPUT);
});
