/** A plot as one self-contained SVG file, in the manner of the figures' own. */
import { type Page, WIDE_PAGE } from '../figures/page.ts';
import { drawText, escapeXml, type FigureFonts, svgDocument } from '../figures/svg-parts.ts';
import { drawBars } from './draw-bars.ts';
import { drawHeatMap } from './draw-heat-map.ts';
import { drawHistogram } from './draw-histogram.ts';
import { drawLines } from './draw-lines.ts';
import { drawRoofline } from './draw-roofline.ts';
import { drawStrips } from './draw-strips.ts';
import { drawTimeline } from './draw-timeline.ts';
import { drawWaterfall } from './draw-waterfall.ts';
import type { Drawing } from './drawing.ts';
import type { Plot } from './plot.ts';

export function drawPlot(plot: Plot, page: Page = WIDE_PAGE): Drawing {
  switch (plot.kind) {
    case 'lines':
      return drawLines(plot, page);
    case 'heat-map':
      return drawHeatMap(plot, page);
    case 'histogram':
      return drawHistogram(plot, page);
    case 'timeline':
      return drawTimeline(plot, page);
    case 'roofline':
      return drawRoofline(plot, page);
    case 'bars':
      return drawBars(plot, page);
    case 'strips':
      return drawStrips(plot, page);
    case 'waterfall':
      return drawWaterfall(plot, page);
  }
}

/** `fonts.family` and the faces come from the program's own assets; everything of the plot is escaped. */
export function plotSvg(plot: Plot, fonts: FigureFonts, page: Page = WIDE_PAGE, metadata = ''): string {
  const { height, shapes, legend, texts } = drawPlot(plot, page);
  return svgDocument(plot, fonts, { page, height, metadata }, [
    ...shapes,
    `<g id="legend" aria-label="${escapeXml(plot.key.title)}">`,
    ...legend,
    '</g>',
    ...texts.map(drawText),
  ]);
}
