/** The engine's children that run the given backend, by the kernel's process table. Linux. */
import { readdirSync, readFileSync } from 'node:fs';

export function runnersOf(engine: number, backend: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        return Number(parent) === engine && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(backend);
      } catch {
        return false;
      }
    });
}
