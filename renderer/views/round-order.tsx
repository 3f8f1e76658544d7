/** The random order in which the rounds of the kernels take turns, and how far it has come. */
import { Fragment } from 'react';
import type { RunRecord } from '../../electron/shared/run.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { useMessages } from '../i18n/messages.ts';

/** Beyond these the strips would be unreadable; the facts say the numbers. */
const MOST_SLOTS = 120;
const MOST_ROUNDS = 20;
/** More variants than these have no strip each: then the rounds have one. */
const MOST_STRIPS = 8;

/** Turns of the run, in time: which variant ran in which slot. */
export function turnsOf(run: RunRecord): { variant: number; round: number }[] {
  return run.order.flatMap((round, index) => round.map((variant) => ({ variant, round: index })));
}

interface Slot {
  readonly key: string;
  readonly at: number;
  readonly colour: string;
  /** Strength of the colour where it is done, so that the variants of one kernel can be told apart. */
  readonly strength: number;
  readonly done: boolean;
}

function Strip({ slots, length, label }: { readonly slots: readonly Slot[]; readonly length: number; readonly label: string }) {
  return (
    <svg viewBox={`0 0 ${length} 1`} preserveAspectRatio="none" role="img" aria-label={label}>
      {slots.map(({ key, at, colour, strength, done }) => (
        <rect
          key={key}
          x={at + 0.08}
          y={0.12}
          width={0.84}
          height={0.76}
          fill={done ? colour : 'none'}
          fillOpacity={strength}
          stroke={colour}
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

const colourOf = (kernel: string): string => findKernel(kernel)?.look.color ?? 'currentColor';

/** A strip for each variant, its turns at their places in the whole run. */
function ByVariant({ run, done }: { readonly run: RunRecord; readonly done: readonly ReadonlySet<number>[] }) {
  const messages = useMessages();
  const turns = turnsOf(run);
  const labels = variantLabels(run.variants.map(({ variant }) => variant));
  return run.variants.map(({ variant }, index) => {
    const label = labels[index] ?? variant.kernel;
    const slots = turns.flatMap((turn, at) =>
      turn.variant !== index
        ? []
        : [{ key: String(turn.round), at, colour: colourOf(variant.kernel), strength: 1, done: done[index]?.has(turn.round) ?? false }],
    );
    return (
      <Fragment key={label}>
        <span className="gs-mono">{label}</span>
        <Strip slots={slots} length={turns.length} label={messages.facts.orderOf(label, done[index]?.size ?? 0, run.request.rounds)} />
      </Fragment>
    );
  });
}

/** A strip for each round: all variants in the order that was drawn, those of a kernel from pale to full. */
function ByRound({ run, done }: { readonly run: RunRecord; readonly done: readonly ReadonlySet<number>[] }) {
  const messages = useMessages();
  const kernels = run.variants.map(({ variant }) => variant.kernel);
  const strengthOf = (variant: number): number => {
    const same = kernels.flatMap((kernel, index) => (kernel === kernels[variant] ? [index] : []));
    return 0.25 + (0.75 * (same.indexOf(variant) + 1)) / same.length;
  };
  return run.order.map((order, round) => {
    const slots = order.map((variant, at) => ({
      key: String(variant),
      at,
      colour: colourOf(kernels[variant] ?? ''),
      strength: strengthOf(variant),
      done: done[variant]?.has(round) ?? false,
    }));
    const label = messages.facts.orderOfRound(round + 1, slots.filter((slot) => slot.done).length, order.length);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a round is its index
      <Fragment key={round}>
        <span aria-hidden="true">{round + 1}</span>
        <Strip slots={slots} length={order.length} label={label} />
      </Fragment>
    );
  });
}

export function RoundOrder({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const byVariant = run.variants.length <= MOST_STRIPS;
  if (turnsOf(run).length === 0) return null;
  if (byVariant ? turnsOf(run).length > MOST_SLOTS : run.variants.length > MOST_SLOTS || run.order.length > MOST_ROUNDS) return null;
  const done = run.variants.map(({ samples }) => new Set(samples.map(({ round }) => round)));
  return (
    <>
      <h2>{messages.facts.order}</h2>
      <div className="gs-order gs-small">{byVariant ? <ByVariant run={run} done={done} /> : <ByRound run={run} done={done} />}</div>
    </>
  );
}
