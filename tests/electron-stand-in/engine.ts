/** An engine process that a test plays: it says what the test writes and dies when the test says so. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';

type Used = Pick<ChildProcess, 'stdin' | 'stdout' | 'stderr' | 'kill'>;

export class StandInEngine extends EventEmitter implements Used {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly signals: (NodeJS.Signals | number | undefined)[] = [];
  /** Whether it leaves by itself when its parent closes the pipe. */
  leavesWithParent = true;

  constructor() {
    super();
    this.stdin.on('finish', () => {
      if (this.leavesWithParent) this.die(0, null);
    });
  }

  kill(signal?: NodeJS.Signals | number): boolean {
    this.signals.push(signal);
    this.die(null, 'SIGKILL');
    return true;
  }
  say(line: string): void {
    this.stdout.write(`${line}\n`);
  }
  listenOn(port: number): void {
    const origin = `http://127.0.0.1:${port}`;
    this.say(JSON.stringify({ url: `${origin}/?token=secret`, origin, token: 'secret', port }));
  }
  die(code: number | null, signal: NodeJS.Signals | null = null): void {
    this.emit('exit', code, signal);
  }
}

export interface Spawned {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
  readonly engine: StandInEngine;
}

/** A `spawn` that starts stand-ins, and the list of those started. */
export function standInSpawn(): {
  spawn: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  spawned: Spawned[];
} {
  const spawned: Spawned[] = [];
  return {
    spawned,
    spawn: (command, args, options) => {
      const engine = new StandInEngine();
      spawned.push({ command, args, options, engine });
      return engine as unknown as ChildProcess;
    },
  };
}
