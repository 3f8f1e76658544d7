/**
 * Where the engine, its Node and the page's files are. Packaged they lie outside `app.asar`, which plain Node cannot
 * read; `electron-builder.yml` puts them there.
 */
import { join } from 'node:path';
import type { EngineCommand } from './engine-process.ts';

export interface Installation {
  readonly engine: EngineCommand;
  readonly preload: string;
  /** Undefined on macOS, where the bundle has its own. */
  readonly icon: string | undefined;
}

export interface Places {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the built main process: `out/main`, in the archive or in the checkout. */
  readonly mainFolder: string;
  /** Electron's `process.resourcesPath`. */
  readonly resourcesFolder: string;
}

export function installation(places: Places): Installation {
  const { mainFolder, platform, resourcesFolder } = places;
  const preload = join(mainFolder, '..', 'preload', 'index.cjs');
  const iconIn = (folder: string) => (platform === 'darwin' ? undefined : join(folder, 'icon.png'));
  if (!places.packaged) {
    return {
      engine: {
        // `npm start` names the Node that it runs on; `electron-vite dev` leaves that to the PATH of npm's scripts.
        node: places.environment.GSLAB_NODE ?? 'node',
        entry: join(mainFolder, 'engine.mjs'),
        rendererFolder: join(mainFolder, '..', 'renderer'),
      },
      preload,
      icon: iconIn(join(mainFolder, '..', '..', 'assets', 'icons')),
    };
  }
  const unpacked = join(resourcesFolder, 'app.asar.unpacked', 'out');
  return {
    engine: {
      node: join(resourcesFolder, 'engine', platform === 'win32' ? 'node.exe' : 'node'),
      entry: join(unpacked, 'main', 'engine.mjs'),
      rendererFolder: join(unpacked, 'renderer'),
    },
    preload,
    icon: iconIn(resourcesFolder),
  };
}
