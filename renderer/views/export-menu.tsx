/** What is in front as a file, on a white ground whatever the theme: a chart, drawn again by the engine, or the fields. */
import { Menu } from '@mantine/core';
import type { ChartId } from '../../kernels/exercise.ts';
import { useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { exportFields, exportRuns } from '../state/actions.ts';

export function ExportMenu({ runId, chart }: { runId: number | undefined; chart: ChartId | 'fields' }) {
  const messages = useMessages();
  const { exportAs } = messages.results;
  const make = (format: 'svg' | 'png' | 'csv' | 'json', scale = 1) => {
    if (runId === undefined) return;
    if (chart === 'fields') void exportFields(runId, scale);
    else void exportRuns([runId], chart, format, scale);
  };
  return (
    <Menu position="bottom-end" width={200} disabled={runId === undefined}>
      <Menu.Target>
        <button type="button" className="gs-chip" disabled={runId === undefined} data-testid="export-menu">
          {messages.results.export} <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{chart === 'fields' ? messages.results.exportFields : messages.results.exportChart}</Menu.Label>
        {chart !== 'fields' && <Menu.Item onClick={() => make('svg')}>{exportAs.svg}</Menu.Item>}
        {[1, 2, 3, 4].map((scale) => (
          <Menu.Item key={scale} onClick={() => make('png', scale)}>
            {exportAs.png(String(scale))}
          </Menu.Item>
        ))}
        {chart !== 'fields' && (
          <>
            <Menu.Item onClick={() => make('csv')}>{exportAs.csv}</Menu.Item>
            <Menu.Item onClick={() => make('json')}>{exportAs.json}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
