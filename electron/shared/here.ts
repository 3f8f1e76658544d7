/** The machine of whoever reads a session, which the session may know less of than he does. */
import type { Ceilings } from './ceilings.ts';
import type { Machine } from './machine.ts';
import type { RunRecord } from './run.ts';
import type { Session } from './session.ts';

export interface Here {
  readonly machine: Machine;
  /** Remembered ones. */
  readonly ceilings?: Ceilings;
}

/** Whether two records are of one machine, whatever its power and its programs were. */
const isSameMachine = (a: Machine, b: Machine): boolean =>
  a.cpu === b.cpu && a.architecture === b.architecture && a.logicalCores === b.logicalCores && a.memoryBytes === b.memoryBytes;

/**
 * The machine of a run, and its ceilings. What the session does not tell of it is taken from `here`, if that is the same
 * machine; a session that grows before one's eyes does not tell of a machine that was added since it was read.
 */
export function machineOfRun(
  session: Pick<Session, 'machines' | 'ceilings'>,
  run: Pick<RunRecord, 'machine'> | undefined,
  here?: Here,
): { readonly machine?: Machine; readonly ceilings?: Ceilings } {
  const index = run?.machine ?? 0;
  const known = session.machines[index];
  const local = known === undefined || (here !== undefined && isSameMachine(known, here.machine)) ? here : undefined;
  const machine = known ?? local?.machine;
  const ceilings = session.ceilings.find((each) => each.machine === index) ?? local?.ceilings;
  return { ...(machine && { machine }), ...(ceilings && { ceilings }) };
}
