/**
 * `npm start`: the desktop window, built first when its sources are newer. Where Electron's program is missing or
 * cannot open a window, one line says so and the same lab opens in a browser; where nobody could see a window, the
 * address is printed and served. Argument: a session file to open.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { APP_VERSION } from '../engine/app-version.ts';
import { Lab } from '../engine/lab.ts';
import { dataFolder } from '../engine/resources.ts';
import { startServer } from '../engine/server.ts';
import type { Language } from '../shared/contract.ts';
import { hasDisplay, openLabPage } from './browser-window.ts';
import { findElectron, runElectron } from './electron-program.ts';
import { report } from './failure.ts';
import { ensureDesktopBuilt, ensureRendererBuilt } from './renderer-build.ts';

const TEXT: Record<Language, { missing: string; refused: string; unseen: string; address(url: string): string }> = {
  en: {
    missing: 'Electron’s program is not installed, so the lab opens in a browser',
    refused: 'Electron cannot open a window here, so the lab opens in a browser',
    unseen: 'There is no display here, so the lab only serves its page',
    address: (url) => `${url}  (Ctrl-C ends it)`,
  },
  fr: {
    missing: 'Le programme d’Electron n’est pas installé : le labo s’ouvre dans un navigateur',
    refused: 'Electron ne peut pas ouvrir de fenêtre ici : le labo s’ouvre dans un navigateur',
    unseen: 'Aucun écran ici : le labo sert seulement sa page',
    address: (url) => `${url}  (Ctrl-C l’arrête)`,
  },
};

const root = resolve(import.meta.dirname, '..', '..');
const language: Language = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('fr') ? 'fr' : 'en';

/** Tries the desktop window. Returns why it cannot be had, or the exit code with which it ended. */
async function desktop(args: readonly string[]): Promise<number | 'missing' | 'refused' | 'unseen'> {
  const program = findElectron(root, process.env, process.platform);
  if (!hasDisplay(process.platform, process.env)) return 'unseen';
  if (program === undefined) return 'missing';
  await Promise.all([ensureRendererBuilt(), ensureDesktopBuilt()]);
  const environment: NodeJS.ProcessEnv = { ...process.env, GSLAB_NODE: process.execPath };
  delete environment.ELECTRON_RUN_AS_NODE;
  const run = await runElectron({ program, args: [root, ...args], environment });
  if (run.outcome === 'ended') return run.exitCode;
  if (process.env.GSLAB_DEBUG === '1') process.stderr.write(run.said);
  return 'refused';
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function browser(reason: 'missing' | 'refused' | 'unseen', sessionPath: string | undefined): Promise<void> {
  const rendererFolder = await ensureRendererBuilt();
  const lab = await Lab.open({
    appVersion: APP_VERSION,
    ...(sessionPath === undefined ? {} : { sessionPath, create: !existsSync(sessionPath) }),
  });
  try {
    const server = await startServer(lab, { rendererFolder });
    const stopped = untilStopped();
    process.stdout.write(`${TEXT[language][reason]}: ${TEXT[language].address(server.url)}\n`);
    const opened = await openLabPage(server.url, {
      platform: process.platform,
      environment: process.env,
      dataFolder: dataFolder(),
      spawn,
    });
    await Promise.race([stopped, ...(opened === undefined ? [] : [opened.closed])]);
    await server.close();
  } finally {
    await lab.close();
  }
}

async function start(args: readonly string[]): Promise<number> {
  try {
    const ended = await desktop(args);
    if (typeof ended === 'number') return ended;
    const [sessionFile] = args;
    await browser(ended, sessionFile === undefined ? undefined : resolve(sessionFile));
    return 0;
  } catch (error) {
    return report(error, language, []);
  }
}

// What the runners and the person's browser still hold open must not keep the command alive.
process.exit(await start(process.argv.slice(2)));
