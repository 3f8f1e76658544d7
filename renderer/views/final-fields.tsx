/** The final fields of a run side by side, in one colour map over one range, that of the field view. */
import { useEffect, useState } from 'react';
import { decodeFrame, type Frame } from '../../electron/shared/frame.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import { formatInteger, formatNumber } from '../../electron/shared/units.ts';
import { variantLabels } from '../../electron/shared/variants.ts';
import { tryEngine } from '../connection.ts';
import { mapPixels } from '../field/canvas-painter.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { type FieldSettings, useLab } from '../state/lab-store.ts';

const LONGEST_SIDE = 512;

/** The frames that there are, by the index of their variant. */
function useFinalFields(run: RunRecord, { species, range }: FieldSettings): ReadonlyMap<number, Frame> | undefined {
  const [frames, setFrames] = useState<ReadonlyMap<number, Frame>>();
  const { low, high } = range[species];
  const { id, variants } = run;
  const count = variants.length;
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const found = new Map<number, Frame>();
      for (let variant = 0; variant < count && wanted; variant++) {
        const view = { species, maxRows: LONGEST_SIDE, maxCols: LONGEST_SIDE, low, high };
        const answer = await tryEngine('finalField', { runId: id, variant, ...view });
        if (answer?.base64 === undefined) continue;
        const frame = decodeFrame(Uint8Array.from(atob(answer.base64), (character) => character.charCodeAt(0)));
        if (frame !== null) found.set(variant, frame);
      }
      if (wanted) setFrames(found);
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [id, count, species, low, high]);
  return frames;
}

function draw(canvas: HTMLCanvasElement | null, { header, pixels }: Frame, { species, map, range }: FieldSettings): void {
  const context = canvas?.getContext('2d');
  if (canvas === null || context === null || context === undefined) return;
  canvas.width = header.cols;
  canvas.height = header.rows;
  const image = context.createImageData(header.cols, header.rows);
  mapPixels({ header, pixels }, { map, ...range[species] }, image.data);
  context.putImageData(image, 0, 0);
}

export function FinalFields({ run }: { run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const look = useLab((state) => state.field);
  const frames = useFinalFields(run, look);
  const labels = variantLabels(run.variants.map(({ variant }) => variant));
  if (frames === undefined) return null;
  if (frames.size === 0) return <p className="gs-dim">{messages.results.noFields}</p>;
  return (
    <div className="gs-final-fields" data-testid="final-fields">
      {[...frames].map(([variant, frame]) => {
        const { step, min, max, gridRows, gridCols } = frame.header;
        const [low, high] = [min, max].map((value) => formatNumber(value, language));
        const words = messages.results.finalField(labels[variant]!, look.species, formatInteger(step, language), low!, high!);
        return (
          <figure key={variant}>
            <canvas
              ref={(canvas) => draw(canvas, frame, look)}
              role="img"
              aria-label={words}
              style={{ aspectRatio: `${gridCols} / ${gridRows}` }}
            />
            <figcaption>{words}</figcaption>
          </figure>
        );
      })}
    </div>
  );
}
