/** The chart in front as a file: drawn again by the engine on a white ground, whatever the theme. */

import { Menu } from '@mantine/core';
import type { ChartId } from '../../kernels/exercise.ts';
import { useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { exportRuns } from '../state/actions.ts';

export function ExportMenu({ runId, chart }: { runId: number | undefined; chart: ChartId }) {
  const messages = useMessages();
  const { exportAs } = messages.results;
  const make = (format: 'svg' | 'png' | 'csv' | 'json', scale = 1) => {
    if (runId !== undefined) void exportRuns([runId], chart, format, scale);
  };
  return (
    <Menu position="bottom-end" width={200} disabled={runId === undefined}>
      <Menu.Target>
        <button type="button" className="gs-chip" disabled={runId === undefined} data-testid="export-menu">
          {messages.results.export} <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{messages.results.exportChart}</Menu.Label>
        <Menu.Item onClick={() => make('svg')}>{exportAs.svg}</Menu.Item>
        {[1, 2, 3, 4].map((scale) => (
          <Menu.Item key={scale} onClick={() => make('png', scale)}>
            {exportAs.png(String(scale))}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => make('csv')}>{exportAs.csv}</Menu.Item>
        <Menu.Item onClick={() => make('json')}>{exportAs.json}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
