/** The final fields of a run side by side, in one colour map over one range, that of the field view. */
import { useEffect, useState } from 'react';
import { SEPARATOR } from '../../electron/shared/figures/figure.ts';
import type { Frame } from '../../electron/shared/frame.ts';
import type { RunRecord } from '../../electron/shared/run.ts';
import type { Session } from '../../electron/shared/session.ts';
import { shownFields } from '../field/fields-page.ts';
import { drawField } from '../field/fields-picture.ts';
import { finalFields } from '../field/final-fields-data.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { type FieldSettings, useLab } from '../state/lab-store.ts';

/** The frames that there are, by the index of their variant. */
function useFinalFields(run: RunRecord, { species, range }: FieldSettings): ReadonlyMap<number, Frame> | undefined {
  const [frames, setFrames] = useState<ReadonlyMap<number, Frame>>();
  const { id, variants } = run;
  useEffect(() => {
    let wanted = true;
    void finalFields({ id, variants }, { species, range }, () => wanted).then((found) => {
      if (wanted) setFrames(found);
    });
    return () => {
      wanted = false;
    };
  }, [id, variants, species, range]);
  return frames;
}

export function FinalFields({ session, run }: { readonly session: Session; readonly run: RunRecord }) {
  const messages = useMessages();
  const language = useLanguage();
  const look = useLab((state) => state.field);
  const frames = useFinalFields(run, look);
  if (frames === undefined) return null;
  if (frames.size === 0) return <p className="gs-dim">{messages.results.noFields}</p>;
  return (
    <div className="gs-final-fields" data-testid="final-fields">
      {shownFields({ session, run, frames, messages, language }).map(({ variant, frame, caption, own, warning }) => (
        <figure key={variant}>
          <canvas
            ref={(canvas) => {
              if (canvas !== null) drawField(canvas, frame, look);
            }}
            role="img"
            aria-label={caption}
            style={{ aspectRatio: `${frame.header.gridCols} / ${frame.header.gridRows}` }}
          />
          <figcaption>
            {[caption, own].filter((part) => part !== '').join(SEPARATOR)}{' '}
            {warning !== undefined && <strong className="gs-error-text">{warning}</strong>}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
