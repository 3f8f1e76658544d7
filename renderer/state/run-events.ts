/**
 * What the engine tells about a run, applied to the session that the window shows. Pure: a list of events in, a
 * new session out, so that a burst of samples costs one render.
 */
import type { EventData } from '../../electron/shared/contract.ts';
import type { RunRecord, Sample, VariantResult } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';

export type RunProgress = EventData<'runProgress'>;

export type RunEvent =
  | { readonly name: 'runStarted'; readonly data: EventData<'runStarted'> }
  | { readonly name: 'runFinished'; readonly data: EventData<'runFinished'> }
  | { readonly name: 'variantVerified'; readonly data: EventData<'variantVerified'> }
  | { readonly name: 'samples'; readonly data: EventData<'samples'> }
  | { readonly name: 'roundAdded'; readonly data: EventData<'roundAdded'> }
  | { readonly name: 'controlSamples'; readonly data: EventData<'controlSamples'> }
  | { readonly name: 'observation'; readonly data: EventData<'observation'> }
  | { readonly name: 'roundCondition'; readonly data: EventData<'roundCondition'> }
  | { readonly name: 'variantUpdated'; readonly data: EventData<'variantUpdated'> };

function withRun(runs: readonly RunRecord[], run: RunRecord): RunRecord[] {
  const known = runs.some(({ id }) => id === run.id);
  return known ? runs.map((other) => (other.id === run.id ? run : other)) : [...runs, run];
}

function withVariant(run: RunRecord, index: number, change: (variant: VariantResult) => VariantResult): RunRecord {
  return { ...run, variants: run.variants.map((variant, at) => (at === index ? change(variant) : variant)) };
}

function withControlSamples(run: RunRecord, samples: readonly Sample[]): RunRecord {
  return run.control === undefined ? run : { ...run, control: { ...run.control, samples: [...run.control.samples, ...samples] } };
}

function withRound(run: RunRecord, order: number[]): RunRecord {
  return { ...run, request: { ...run.request, rounds: run.order.length + 1 }, order: [...run.order, order] };
}

function changeOf(
  event: Exclude<RunEvent, { name: 'runStarted' | 'runFinished' | 'controlSamples' | 'roundAdded' | 'roundCondition' }>,
): (variant: VariantResult) => VariantResult {
  switch (event.name) {
    case 'variantVerified':
      return (variant) => ({ ...variant, verification: event.data.verification });
    case 'samples':
      return (variant) => ({ ...variant, samples: [...variant.samples, ...event.data.samples] });
    case 'observation':
      return (variant) => ({ ...variant, observations: [...(variant.observations ?? []), event.data.observation] });
    case 'variantUpdated': {
      const { status, trouble, summary, field } = event.data;
      return (variant) => ({
        ...variant,
        status,
        ...(trouble === undefined ? {} : { trouble }),
        ...(summary === undefined ? {} : { summary }),
        ...(field === undefined ? {} : { field }),
      });
    }
  }
}

/** Events of runs that the session does not hold are left out: they belong to a session just closed. */
export function applyRunEvents(session: Session, events: readonly RunEvent[]): Session {
  let runs = session.runs;
  for (const event of events) {
    if (event.name === 'runStarted' || event.name === 'runFinished') {
      runs = withRun(runs, event.data.run);
      continue;
    }
    const { runId } = event.data;
    let change: (run: RunRecord) => RunRecord;
    if (event.name === 'controlSamples') change = (run) => withControlSamples(run, event.data.samples);
    else if (event.name === 'roundAdded') change = (run) => withRound(run, event.data.order);
    else if (event.name === 'roundCondition') change = (run) => ({ ...run, conditions: [...(run.conditions ?? []), event.data.condition] });
    else change = (run) => withVariant(run, event.data.variant, changeOf(event));
    runs = runs.map((run) => (run.id === runId ? change(run) : run));
  }
  return { ...session, runs };
}
