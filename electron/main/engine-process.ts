/**
 * Keeps one engine alive: a plain Node process beside Electron (design: Dawn's Node binding cannot run inside it).
 * It says where it listens in one JSON line on standard output. When it dies it is started again, a little later
 * each time; when it keeps dying, that is reported and the person decides.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { z } from 'zod';

export const engineAddressSchema = z.object({
  url: z.url({ protocol: /^http$/ }),
  origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  token: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
});
export type EngineAddress = z.infer<typeof engineAddressSchema>;

export interface EngineCommand {
  /** Of the packaged or development Node, never Electron. */
  readonly node: string;
  readonly entry: string;
  readonly rendererFolder: string;
}

export interface EngineEvents {
  ready(address: EngineAddress): void;
  /** It was ready and is gone; another one is being started. */
  lost(): void;
  /** It died too often; `said` is the end of its standard error. Nothing more happens until `start`. */
  givenUp(said: string): void;
}

export interface EngineOptions {
  readonly spawn: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  readonly command: EngineCommand;
  readonly environment: NodeJS.ProcessEnv;
  /** The session to go on with after a death, if any. */
  session(): string | undefined;
  readonly events: EngineEvents;
  /** Within how many milliseconds it is to tell its address, and to leave when asked; then it is killed. */
  readonly patience?: Readonly<Record<'address' | 'stop', number>>;
}

export interface EngineProcess {
  start(): void;
  /** Ends it for good; resolves when it is gone. */
  stop(): Promise<void>;
}

const DEATHS_IN_A_ROW = 5;
const FIRST_DELAY_MILLISECONDS = 200;
/** An engine that lived this long starts a new count. */
const STEADY_MILLISECONDS = 60_000;
const PATIENCE = { address: 30_000, stop: 3_000 };
const SAID_CHARACTERS = 2_000;
const LINE_CHARACTERS = 65_536;

/** Variables that would make a plain Node load or listen to something that the app did not choose. */
const REFUSED_VARIABLES = /^(NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|NODE_V8_COVERAGE|NODE_INSPECT_.*|ELECTRON_.*)$/i;

export function engineEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !REFUSED_VARIABLES.test(name)));
}

/** The address in one line of the engine's standard output, or undefined when the line is something else. */
export function readAddress(line: string): EngineAddress | undefined {
  try {
    const address = engineAddressSchema.parse(JSON.parse(line));
    return new URL(address.url).origin === address.origin ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Calls back with each whole line of a stream; a line that never ends is dropped. */
function onLines(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let pending = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (pending + text).split('\n');
    pending = (lines.pop() ?? '').slice(0, LINE_CHARACTERS);
    for (const line of lines) listener(line.trim());
  });
}

export function superviseEngine(options: EngineOptions): EngineProcess {
  const { command, events, patience = PATIENCE } = options;
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let deaths = 0;
  let stopping = false;

  function launch(): void {
    restart = undefined;
    // A session that may be what kills it is not tried for ever: the last attempts start without.
    const session = deaths < 2 ? options.session() : undefined;
    const args = [
      command.entry,
      '--parent',
      '--renderer',
      command.rendererFolder,
      ...(session === undefined ? [] : ['--session', session]),
    ];
    const started = options.spawn(command.node, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: engineEnvironment(options.environment),
      windowsHide: true,
    });
    child = started;
    let said = '';
    let readyAt: number | undefined;
    let isGone = false;

    const silent = setTimeout(() => started.kill('SIGKILL'), patience.address);
    if (started.stdout !== null) {
      onLines(started.stdout, (line) => {
        const address = readyAt === undefined && !isGone ? readAddress(line) : undefined;
        if (address === undefined) return;
        clearTimeout(silent);
        readyAt = Date.now();
        events.ready(address);
      });
    }
    started.stderr?.setEncoding('utf8');
    started.stderr?.on('data', (text: string) => {
      said = (said + text).slice(-SAID_CHARACTERS);
    });
    // The pipe breaks when the engine dies; `exit` says so.
    started.stdin?.on('error', () => undefined);

    const gone = (reason: string) => {
      if (isGone) return;
      isGone = true;
      clearTimeout(silent);
      child = undefined;
      if (stopping) return;
      if (readyAt !== undefined) events.lost();
      deaths = readyAt !== undefined && Date.now() - readyAt >= STEADY_MILLISECONDS ? 1 : deaths + 1;
      if (deaths < DEATHS_IN_A_ROW) restart = setTimeout(launch, FIRST_DELAY_MILLISECONDS * 2 ** (deaths - 1));
      else events.givenUp(`${said.trim()}\n${reason}`.trim());
    };
    started.once('error', (error) => gone(error.message));
    started.once('exit', (code, signal) => gone(signal === null ? `exit ${code}` : signal));
  }

  return {
    start: () => {
      if (child !== undefined || restart !== undefined) return;
      stopping = false;
      deaths = 0;
      launch();
    },
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      restart = undefined;
      const ending = child;
      if (ending === undefined) return;
      const exited = new Promise<void>((resolve) => {
        ending.once('exit', () => resolve());
        ending.once('error', () => resolve());
      });
      // Started with --parent, it closes its session and leaves when this pipe does.
      ending.stdin?.end();
      const force = setTimeout(() => ending.kill('SIGKILL'), patience.stop);
      await exited;
      clearTimeout(force);
    },
  };
}
