/** Every kernel's rate as a multiple of the baseline's, which stands at × 1. Props: `ChartProps` of `figure-chart.tsx`. */
import { type ChartProps, FigureChart } from './figure-chart.tsx';

export function SpeedupChart(props: ChartProps) {
  return <FigureChart {...props} />;
}
