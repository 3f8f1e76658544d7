/** Starts the real engine as a process, as the desktop shell does, and connects clients to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { EngineClient } from '../../electron/shared/client.ts';
import { PROJECT_ROOT } from './command-line.ts';

const ENTRY = join(PROJECT_ROOT, 'electron', 'engine', 'main.ts');

export interface StartedEngine {
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  connect(): Promise<EngineClient>;
}

export async function startEngine(settings: {
  readonly dataFolder: string;
  readonly rendererFolder: string;
  readonly session?: string;
  readonly nodeOptions?: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<StartedEngine> {
  const { dataFolder, rendererFolder, session, nodeOptions = '', environment } = settings;
  const words = ['--parent', '--renderer', rendererFolder, ...(session === undefined ? [] : ['--session', session])];
  const child = spawn(process.execPath, [ENTRY, ...words], {
    env: { ...process.env, ...environment, GSLAB_DATA: dataFolder, NODE_OPTIONS: nodeOptions },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    exited.then((code) => {
      throw new Error(`the engine ended with ${code}: ${said}`);
    }),
  ]);
  const address = JSON.parse(line) as { url: string; origin: string; token: string; port: number };
  const connect = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}/socket?token=${address.token}`, { origin: address.origin });
    const client = new EngineClient(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  };
  return { ...address, child, exited, connect };
}
