import type { Runners } from '../runners/runner.ts';
import { ForeignConditions } from './foreign.ts';
import { LinuxConditions } from './linux.ts';
import type { ConditionSource } from './source.ts';

/** What tells of this machine, the engine and its runners being the lab's own processes. */
export function conditionsOfThisMachine(runners: Runners): ConditionSource {
  if (process.platform !== 'linux') return new ForeignConditions();
  const children = () => Object.values(runners).flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return new LinuxConditions(() => [process.pid, ...children()]);
}
