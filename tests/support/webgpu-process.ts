/**
 * Runs test code in a process of its own that finds a GPU. Where there is none, a software Vulkan driver is put into the
 * environment, and the dynamic linker reads that only when a process starts: a test's own process is too late.
 *
 * A case module exports asynchronous functions of data; `call` runs one of them over there, by name. A process keeps
 * its modules, so that cases may share a backend.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { softwareVulkanEnvironment } from '../../electron/engine/software-vulkan/software-vulkan.ts';
import type { Adapter } from '../../electron/shared/run.ts';

type Case = (...data: never[]) => Promise<unknown>;

export interface WebgpuProcess<Cases extends Record<string, Case>> {
  call<Name extends keyof Cases & string>(name: Name, ...data: Parameters<Cases[Name]>): Promise<Awaited<ReturnType<Cases[Name]>>>;
  /** Ends it as the engine ends a runner, by closing the channel. */
  end(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

type Reply = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: string };

export async function startWebgpuProcess<Cases extends Record<string, Case>>(caseModule: URL): Promise<WebgpuProcess<Cases>> {
  const child = fork(new URL('./webgpu-process-main.ts', import.meta.url), [caseModule.href], {
    env: { ...process.env, ...(await softwareVulkanEnvironment()) },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => output.push(String(text)));
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let calls = 0;
  return {
    call: (name, ...data) => callIn(child, ended, output, { id: calls++, name, data }) as never,
    async end() {
      if (child.connected) child.disconnect();
      const [code, signal] = await ended;
      return { code, signal };
    },
  };
}

function callIn(
  child: ChildProcess,
  ended: Promise<[number | null, NodeJS.Signals | null]>,
  output: readonly string[],
  request: { id: number; name: string; data: unknown[] },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const receive = (message: unknown) => {
      const reply = message as Reply;
      if (reply.id !== request.id) return;
      child.off('message', receive);
      if ('failure' in reply) reject(new Error(reply.failure));
      else resolve(reply.result);
    };
    child.on('message', receive);
    void ended.then(([code, signal]) => reject(new Error(`the process ended with ${signal ?? code}\n${output.join('')}`)));
    child.send(request, (error) => error && reject(error));
  });
}

/** The adapter that a job without a choice gets, with all that jobs may run on, or why there is none: the words to skip by. */
export async function firstAdapter(): Promise<
  { readonly adapter: Adapter; readonly usable: readonly Adapter[] } | { readonly reason: string }
> {
  const probing = await startWebgpuProcess<typeof import('./webgpu-cases.ts')>(new URL('./webgpu-cases.ts', import.meta.url));
  const report = await probing.call('probe').finally(() => probing.end());
  const usable = report.adapters.filter((adapter) => adapter.usable);
  const [adapter] = usable;
  if (adapter !== undefined) return { adapter, usable };
  const kernel = report.kernels[0];
  return { reason: `${kernel?.reason}: ${kernel?.detail}` };
}
