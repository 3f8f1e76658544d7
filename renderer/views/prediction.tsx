/** What the trainee expects, before the run: a ratio on a logarithmic slider. Untouched is no prediction. */
import { Slider } from '@mantine/core';
import { formatRatio } from '../../electron/shared/units.ts';
import type { Exercise } from '../../kernels/exercise.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { useLab } from '../state/lab-store.ts';
import { logarithmicPosition, logarithmicValue, ratioMarks } from './log-slider.ts';
import { inline } from './rich-text.tsx';

const STEPS = 200;

export function Prediction({ exercise }: { exercise: Exercise }) {
  const messages = useMessages();
  const language = useLanguage();
  const predicted = useLab((state) => state.predictions[exercise.id]);
  const { min, max, question } = exercise.prediction;
  const value = predicted ?? Math.sqrt(min * max);
  return (
    <section className="gs-prediction" aria-label={messages.prediction.label}>
      <div className="gs-prediction-head">
        <h2>{messages.prediction.label}</h2>
        {predicted === undefined ? (
          <span className="gs-prediction-hint" data-testid="prediction">
            {messages.prediction.untouched}
          </span>
        ) : (
          <output className="gs-prediction-value gs-numbers" data-testid="prediction">
            {formatRatio(predicted, language)}
          </output>
        )}
      </div>
      <p className="gs-prediction-question">{inline(question[language])}</p>
      <Slider
        size="sm"
        min={0}
        max={STEPS}
        step={1}
        value={STEPS * logarithmicPosition(value, min, max)}
        onChange={(position) =>
          useLab.setState(({ predictions }) => ({
            predictions: { ...predictions, [exercise.id]: logarithmicValue(position / STEPS, min, max) },
          }))
        }
        label={() => (predicted === undefined ? messages.prediction.untouched : formatRatio(value, language))}
        thumbLabel={messages.prediction.thumb}
        thumbValueText={() => (predicted === undefined ? messages.prediction.untouched : formatRatio(value, language))}
        marks={ratioMarks(min, max).map((mark) => ({
          value: STEPS * logarithmicPosition(mark, min, max),
          label: formatRatio(mark, language)
            .replace(/([.,]\d*?)0+$/, '$1')
            .replace(/[.,]$/, ''),
        }))}
        mt="0.375rem"
        px="0.875rem"
        data-untouched={predicted === undefined || undefined}
      />
    </section>
  );
}
