/** The random order in which the rounds of the kernels take turns, and how far it has come. */

import type { RunRecord } from '../../electron/shared/run.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { useMessages } from '../i18n/messages.ts';

/** Beyond these the strips would be unreadable; the facts say the numbers. */
const MOST_SLOTS = 120;

/** Turns of the run, in time: which variant ran in which slot. */
export function turnsOf(run: RunRecord): { variant: number; round: number }[] {
  return run.order.flatMap((round, index) => round.map((variant) => ({ variant, round: index })));
}

export function RoundOrder({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const turns = turnsOf(run);
  if (turns.length === 0 || turns.length > MOST_SLOTS) return null;
  const labels = variantLabels(run.variants.map(({ variant }) => variant));
  const done = run.variants.map(({ samples }) => new Set(samples.map(({ round }) => round)));
  return (
    <>
      <h2>{messages.facts.order}</h2>
      <div className="gs-order gs-small">
        {run.variants.map(({ variant }, index) => {
          const colour = findKernel(variant.kernel)?.look.color ?? 'currentColor';
          const label = labels[index] ?? variant.kernel;
          return [
            <span key={`${label}-name`} className="gs-mono">
              {label}
            </span>,
            <svg
              key={`${label}-strip`}
              viewBox={`0 0 ${turns.length} 1`}
              preserveAspectRatio="none"
              role="img"
              aria-label={messages.facts.orderOf(label, done[index]?.size ?? 0, run.request.rounds)}
            >
              {turns.map((turn, slot) =>
                turn.variant !== index ? null : (
                  <rect
                    key={`${turn.round}-${turn.variant}`}
                    x={slot + 0.08}
                    y={0.12}
                    width={0.84}
                    height={0.76}
                    fill={done[index]?.has(turn.round) ? colour : 'none'}
                    stroke={colour}
                    strokeWidth={1}
                    vectorEffect="non-scaling-stroke"
                  />
                ),
              )}
            </svg>,
          ];
        })}
      </div>
    </>
  );
}
