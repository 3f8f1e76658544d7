/** Every chart of some runs, each as a file. */
import { CHART_IDS, type ChartId } from '../../../kernels/exercise.ts';
import { findExercise } from '../../../kernels/syllabus.ts';
import type { ExportRequest } from '../../shared/contract.ts';
import { FIGURE_CHARTS, isFigureChart } from '../../shared/figures/figure.ts';
import { chartsOf } from '../../shared/plots/charts-of.ts';
import { hasPlace, rooflineRuns } from '../../shared/plots/roofline-choice.ts';
import type { Session } from '../../shared/session.ts';
import { TroubleError } from '../../shared/trouble.ts';
import { type ExportedFile, exportChart } from './export-chart.ts';

/** Of the last run whose lesson opens with a roofline, else of the last run, with the others beside it. */
function rooflineOf(session: Session, runs: readonly number[]): number[] {
  const drawn = session.runs.filter(
    ({ id, variants }) => runs.includes(id) && variants.some((result) => hasPlace(result) && result.samples.length > 0),
  );
  const asked = drawn.findLast(({ request: { exercise } }) => exercise !== undefined && findExercise(exercise)?.chart === 'roofline');
  const first = asked ?? drawn.at(-1);
  return first === undefined ? [] : rooflineRuns(session, first.id).filter((id) => runs.includes(id));
}

/**
 * Every chart that the given runs have in one format, or those of `only`, made in memory: those with rows and the
 * roofline of all runs, the others of each.
 */
export async function chartFiles(
  session: Session,
  runs: readonly number[],
  settings: Omit<ExportRequest, 'chart' | 'runs'>,
  only: readonly ChartId[] = CHART_IDS,
): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  for (const chart of FIGURE_CHARTS.filter((each) => only.includes(each)))
    files.push(await exportChart(session, { chart, runs: [...runs], ...settings }));
  const roofline = only.includes('roofline') ? rooflineOf(session, runs) : [];
  if (roofline.length > 0) files.push(await exportChart(session, { chart: 'roofline', runs: roofline, ...settings }));
  for (const run of session.runs.filter(({ id }) => runs.includes(id))) {
    for (const chart of chartsOf(run).filter((each) => !isFigureChart(each) && each !== 'roofline' && only.includes(each))) {
      const file = await exportChart(session, { chart, runs: [run.id], ...settings }).catch(noneWhereHidden);
      if (file === undefined) continue;
      const taken = files.some(({ fileName }) => fileName === file.fileName);
      files.push(taken ? { ...file, fileName: ofRun(file.fileName, run.id) } : file);
    }
  }
  return files;
}

/** "c05-sweep-4-grids-run-3.svg": another run's chart of the same name. */
const ofRun = (fileName: string, run: number): string => fileName.replace(/(?=\.[^.]+$)/, `-run-${run}`);

/** What is left of a run may be too little for one of its charts. */
function noneWhereHidden(error: unknown): undefined {
  if (!(error instanceof TroubleError) || error.trouble.code !== 'nothing-to-export') throw error;
}
