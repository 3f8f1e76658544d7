/** What a chart says of the median under the pointer; the same is in the table, for those who use no pointer. */
import type { MedianPoint } from './figure-chart.tsx';

interface TooltipContent {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: unknown }[];
}

export function ChartTooltip({ active, payload }: TooltipContent) {
  const point = payload?.[0]?.payload as MedianPoint | undefined;
  if (active !== true || point === undefined) return null;
  const { row } = point;
  return (
    <div className="gs-chart-tooltip">
      <strong>{row.label}</strong>
      {row.title !== '' && <div>{row.title}</div>}
      {row.details.length > 0 && <div>{row.details.join(' · ')}</div>}
      <div>{row.rateText}</div>
      {row.ratioText !== '' && (
        <div>
          {row.ratioText} {row.ratioRangeText}
        </div>
      )}
      {row.mark !== undefined && <strong>{row.mark.text}</strong>}
    </div>
  );
}
