/** A plot as one self-contained SVG file, in the manner of the figures' own. */
import { drawText, escapeXml, type FigureFonts, svgDocument } from '../figures/svg-parts.ts';
import { drawHeatMap } from './draw-heat-map.ts';
import { drawHistogram } from './draw-histogram.ts';
import { drawLines } from './draw-lines.ts';
import { drawTimeline } from './draw-timeline.ts';
import type { Drawing } from './drawing.ts';
import type { Plot } from './plot.ts';

export function drawPlot(plot: Plot): Drawing {
  switch (plot.kind) {
    case 'lines':
      return drawLines(plot);
    case 'heat-map':
      return drawHeatMap(plot);
    case 'histogram':
      return drawHistogram(plot);
    case 'timeline':
      return drawTimeline(plot);
  }
}

/** `fonts.family` and the faces come from the program's own assets; everything of the plot is escaped. */
export function plotSvg(plot: Plot, fonts: FigureFonts): string {
  const { height, shapes, legend, texts } = drawPlot(plot);
  return svgDocument(plot, fonts, height, [
    ...shapes,
    `<g id="legend" aria-label="${escapeXml(plot.key.title)}">`,
    ...legend,
    '</g>',
    ...texts.map(drawText),
  ]);
}
