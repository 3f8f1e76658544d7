/** Cell updates per second of every kernel, each sample a dot. Props: `ChartProps` of `figure-chart.tsx`. */
import { type ChartProps, FigureChart } from './figure-chart.tsx';

export function TimingsChart(props: ChartProps) {
  return <FigureChart {...props} />;
}
