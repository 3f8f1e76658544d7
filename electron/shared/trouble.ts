/**
 * Expected trouble, as data. Processes exchange these codes; only the renderer and the command line make
 * sentences of them, through `trouble-text.ts`.
 */
import { z } from 'zod';

export const sessionProblemSchema = z.enum([
  'missing',
  'empty',
  'truncated',
  'not-sqlite',
  'not-a-session',
  'newer-schema',
  'corrupt',
  'too-large',
  'unreadable',
  'exists',
  /** A picture that is no figure of ours, or has lost what it carried. */
  'no-data',
  /** An SVG of ours whose data would have made it too large. */
  'data-left-out',
]);
export type SessionProblem = z.infer<typeof sessionProblemSchema>;

/** Why a kernel or an adapter cannot be used here. */
export const unavailableReasonSchema = z.enum([
  'addon-not-built',
  'addon-failed',
  'compiler-missing',
  'isa-missing',
  'no-adapter',
  'webgpu-failed',
  'feature-missing',
  'software-gpu',
  'runner-crashing',
]);
export type UnavailableReason = z.infer<typeof unavailableReasonSchema>;

/** What of its record makes a machine another one, in the order in which a person would look; its power state does not. */
export const machineFieldSchema = z.enum([
  'cpu',
  'vendor',
  'architecture',
  'logicalCores',
  'physicalCores',
  'cacheBytes',
  'memoryBytes',
  'isas',
  'os',
  'kernel',
  'virtualisation',
  'node',
  'appVersion',
  'compiler',
  'adapter',
]);
export type MachineField = z.infer<typeof machineFieldSchema>;

export const troubleSchema = z.discriminatedUnion('code', [
  /** A value from outside is not what was expected; `name` is the option or field. */
  z.object({ code: z.literal('bad-value'), name: z.string(), expected: z.string(), received: z.string() }),
  z.object({ code: z.literal('unknown-kernel'), received: z.string(), known: z.array(z.string()) }),
  z.object({ code: z.literal('unknown-exercise'), received: z.string(), known: z.array(z.string()) }),
  z.object({
    code: z.literal('not-supported'),
    kernel: z.string(),
    what: z.enum(['boundary', 'stencil', 'precision', 'isa', 'threads', 'parameter', 'adapter', 'observation']),
    received: z.string(),
    supported: z.array(z.string()),
  }),
  z.object({ code: z.literal('kernel-unavailable'), kernel: z.string(), reason: unavailableReasonSchema, detail: z.string() }),
  z.object({
    code: z.literal('grid-too-large'),
    kernel: z.string(),
    limit: z.enum(['memory', 'adapter']),
    largestCells: z.number(),
    cells: z.number(),
  }),
  z.object({ code: z.literal('runner-died'), backend: z.string(), detail: z.string() }),
  z.object({ code: z.literal('runner-silent'), backend: z.string(), seconds: z.number() }),
  z.object({ code: z.literal('gpu-lost'), detail: z.string() }),
  z.object({ code: z.literal('gpu-error'), detail: z.string() }),
  z.object({ code: z.literal('out-of-memory'), detail: z.string() }),
  z.object({ code: z.literal('verification-failed'), kernel: z.string(), maxAbsError: z.number().nullable(), tolerance: z.number() }),
  z.object({ code: z.literal('cancelled') }),
  z.object({ code: z.literal('busy') }),
  /** A run can only be taken up on its own machine. */
  z.object({ code: z.literal('other-machine'), field: machineFieldSchema, expected: z.string(), received: z.string() }),
  z.object({ code: z.literal('session'), path: z.string(), problem: sessionProblemSchema, detail: z.string() }),
  z.object({ code: z.literal('cannot-write'), path: z.string(), detail: z.string() }),
  z.object({ code: z.literal('cannot-read'), path: z.string(), detail: z.string() }),
  z.object({ code: z.literal('nothing-to-export'), detail: z.string() }),
  z.object({ code: z.literal('disconnected') }),
  /** A fault of the program itself; `detail` is for the log. */
  z.object({ code: z.literal('internal'), detail: z.string() }),
]);
export type Trouble = z.infer<typeof troubleSchema>;

/** The one exception that carries expected trouble through asynchronous code. */
export class TroubleError extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.code);
    this.name = 'TroubleError';
    this.trouble = trouble;
  }
}

/** Any thrown value as trouble: the carried one, else `internal`. */
export function asTrouble(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble;
  return { code: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
