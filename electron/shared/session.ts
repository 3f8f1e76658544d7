/** The session as the app reads it out of a `.gslab` file: runs with raw samples, machines, notes. */
import { z } from 'zod';
import { annotationSchema, resultPlaceSchema } from './annotations.ts';
import { sessionCeilingsSchema } from './ceilings.ts';
import { machineSchema } from './machine.ts';
import { runRecordSchema } from './run.ts';

/** Version of the `.gslab` schema that this build writes. */
export const SESSION_SCHEMA_VERSION = 8;
/** Version of the JSON documents on standard output and of exported JSON. */
export const JSON_SCHEMA_VERSION = 3;

export const sessionSchema = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  appVersion: z.string(),
  notes: z.string(),
  machines: z.array(machineSchema),
  /** At most one for each machine. */
  ceilings: z.array(sessionCeilingsSchema),
  runs: z.array(runRecordSchema),
  /** At most one for each variant of a run. */
  annotations: z.array(annotationSchema).optional(),
  /** The result that a person has chosen to compare all others with. */
  baseline: resultPlaceSchema.optional(),
  /** Exercises that the trainee has marked or run to the end. */
  exercisesDone: z.array(z.string()),
});
export type Session = z.infer<typeof sessionSchema>;

/** A session with where it lives. */
export const sessionInfoSchema = z.object({
  path: z.string(),
  name: z.string(),
  /** False while it lives in the app's own folder and nobody has given it a name. */
  saved: z.boolean(),
});
export type SessionInfo = z.infer<typeof sessionInfoSchema>;
