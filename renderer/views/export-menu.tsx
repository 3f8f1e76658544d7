/**
 * What is in front as a file, on a white ground whatever the theme: a chart, drawn again by the engine, or the fields.
 * Size and greys stay as they were last chosen; a choice of size leaves the menu open.
 */
import { Menu } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { COMPARISON_FORMATS, EXPORT_FORMATS, type ExportFormat } from '../../electron/shared/contract.ts';
import { PRESET_IDS, type PresetId } from '../../electron/shared/figures/presets.ts';
import type { ChartId } from '../../kernels/exercise.ts';
import { useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { exportAllCharts, exportComparison, exportFields, exportRuns, figureChoice, setPreferences } from '../state/actions.ts';
import { useLab } from '../state/lab-store.ts';

const SCALES = [1, 2, 3, 4] as const;

function SubMenu({ label, testId, children }: { label: string; testId: string; children: ReactNode }) {
  const item = useRef<HTMLButtonElement>(null);
  // The library means to lead the focus back here, but looks for an id that its own item replaces.
  const leadBack = ({ key }: KeyboardEvent) => key === 'ArrowLeft' && item.current?.focus();
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item ref={item} data-testid={testId}>
          {label}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown onKeyDown={leadBack}>{children}</Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

/** Size and colours: of every picture until chosen otherwise. */
function Look() {
  const { results } = useMessages();
  const choice = useLab((state) => figureChoice(state.preferences));
  return (
    <>
      <SubMenu label={results.exportSize(results.exportSizes[choice.preset])} testId="export-size">
        <Menu.RadioGroup
          value={choice.preset}
          onChange={(preset) => void setPreferences({ figure: { ...choice, preset: preset as PresetId } })}
        >
          {PRESET_IDS.map((id) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick={false}>
              {results.exportSizes[id]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </SubMenu>
      <Menu.CheckboxItem
        checked={choice.grey}
        closeMenuOnClick={false}
        onChange={(grey) => void setPreferences({ figure: { ...choice, grey } })}
      >
        {results.exportGrey}
      </Menu.CheckboxItem>
      <Menu.Divider />
    </>
  );
}

/** The figure that `onExport` makes: its look, then the formats. */
function FigureItems({
  formats,
  inside = false,
  onExport,
}: {
  readonly formats: readonly ExportFormat[];
  /** In a menu within the menu, where PNGs have the scale that was last chosen. */
  readonly inside?: boolean;
  readonly onExport: (choice: { readonly format: ExportFormat; readonly scale: number }) => void;
}) {
  const { results } = useMessages();
  const { exportAs } = results;
  const last = useLab((state) => figureChoice(state.preferences));
  const item = (format: ExportFormat, label: string, scale = last.scale) => (
    <Menu.Item
      key={label}
      onClick={() => onExport({ format, scale })}
      rightSection={last.format === format && last.scale === scale ? <span className="gs-dim">{results.exportLast}</span> : undefined}
    >
      {label}
    </Menu.Item>
  );
  return formats.map((format) =>
    format === 'png' && inside ? (
      item(format, exportAs.png(String(last.scale)))
    ) : format === 'png' ? (
      <SubMenu key={format} label={exportAs.picture} testId="export-png">
        {SCALES.map((scale) => item('png', exportAs.png(String(scale)), scale))}
      </SubMenu>
    ) : (
      item(format, exportAs[format])
    ),
  );
}

/** The roofline of two sessions. */
export function ComparisonExportMenu({ a, b }: { readonly a: string; readonly b: string }) {
  const { results } = useMessages();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className="gs-chip" data-testid="export-comparison">
          {results.export} <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Look />
        <FigureItems formats={COMPARISON_FORMATS} onExport={(choice) => void exportComparison(a, b, choice)} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function ExportMenu({ runId, chart }: { runId: number | undefined; chart: ChartId | 'fields' }) {
  const { results } = useMessages();
  const png = SCALES.map((scale) => (
    <Menu.Item key={scale} onClick={() => runId !== undefined && void exportFields(runId, scale)}>
      {results.exportAs.png(String(scale))}
    </Menu.Item>
  ));
  return (
    <Menu position="bottom-end" width={240} disabled={runId === undefined}>
      <Menu.Target>
        <button type="button" className="gs-chip" disabled={runId === undefined} data-testid="export-menu">
          {results.export} <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{chart === 'fields' ? results.exportFields : results.exportChart}</Menu.Label>
        {chart === 'fields' ? (
          png
        ) : (
          <>
            <Look />
            <FigureItems formats={EXPORT_FORMATS} onExport={(choice) => runId !== undefined && void exportRuns([runId], chart, choice)} />
            <Menu.Divider />
            <SubMenu label={results.exportAll} testId="export-all">
              <FigureItems
                formats={EXPORT_FORMATS}
                inside
                onExport={(choice) => runId !== undefined && void exportAllCharts([runId], choice)}
              />
            </SubMenu>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
