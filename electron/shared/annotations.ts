/**
 * What a person sets on the results of a session: a name that stands for the label everywhere, a note, that a result is left
 * out of charts and exports, and the one result that others are compared with. Nothing measured is ever changed by it.
 */
import { z } from 'zod';

export const MAX_NAME = 60;
export const MAX_NOTE = 2000;

/** One variant of one run. */
const place = { runId: z.number().int(), variant: z.number().int().min(0) };
export const resultPlaceSchema = z.object(place);
export type ResultPlace = z.infer<typeof resultPlaceSchema>;

/** One line of text that every format can hold: trimmed, without control characters and what XML refuses. */
const name = z
  .string()
  .max(MAX_NAME)
  .regex(/^[^\s\p{Cc}\ufffe\uffff](?:[^\p{Cc}\ufffe\uffff]*[^\s\p{Cc}\ufffe\uffff])?$/u);
const note = z
  .string()
  .max(MAX_NOTE)
  .regex(/^(?:[^\p{Cc}\ufffe\uffff]|[\n\t])*$/u);

/** At least one thing is set. */
export const annotationSchema = z
  .object({ ...place, name: name.optional(), note: note.min(1).optional(), hidden: z.literal(true).optional() })
  .refine((annotation) => annotation.name !== undefined || annotation.note !== undefined || annotation.hidden !== undefined);
export type Annotation = z.infer<typeof annotationSchema>;

/** What is absent stays as it is; an empty text takes the name or the note away. */
export const annotationChangeSchema = z.object({
  name: name.or(z.literal('')).optional(),
  note: note.optional(),
  hidden: z.boolean().optional(),
});
export type AnnotationChange = z.infer<typeof annotationChangeSchema>;

export const isSamePlace = (a: ResultPlace, b: ResultPlace): boolean => a.runId === b.runId && a.variant === b.variant;

/** What a session may have set. */
interface Annotated {
  readonly annotations?: readonly Annotation[] | undefined;
  readonly baseline?: ResultPlace | undefined;
}

export const annotationOf = ({ annotations = [] }: Annotated, at: ResultPlace): Annotation | undefined =>
  annotations.find((annotation) => isSamePlace(annotation, at));

/** What is hidden is nobody's baseline. */
export function pinnedBaseline(session: Annotated): ResultPlace | undefined {
  const { baseline } = session;
  return baseline === undefined || annotationOf(session, baseline)?.hidden ? undefined : baseline;
}

/** Undefined where nothing is left set. */
export function changedAnnotation(
  before: Annotation | undefined,
  { runId, variant }: ResultPlace,
  change: AnnotationChange,
): Annotation | undefined {
  const name = change.name ?? before?.name ?? '';
  const note = change.note ?? before?.note ?? '';
  const hidden = change.hidden ?? before?.hidden ?? false;
  if (name === '' && note === '' && !hidden) return undefined;
  return { runId, variant, ...(name !== '' && { name }), ...(note !== '' && { note }), ...(hidden && { hidden }) };
}

/** The list with a result's annotation in place of the one before, or without any; in the order of runs and variants. */
export function withAnnotation(annotations: readonly Annotation[], at: ResultPlace, annotation: Annotation | undefined): Annotation[] {
  const others = annotations.filter((other) => !isSamePlace(other, at));
  return [...others, ...(annotation === undefined ? [] : [annotation])].sort((a, b) => a.runId - b.runId || a.variant - b.variant);
}
