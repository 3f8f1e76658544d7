/**
 * The source of a kernel, read only, with what changed since the rung before it as one unified view. WGSL is
 * coloured by the C++ grammar, which is near enough for reading.
 */

import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { asTrouble } from '../../electron/shared/trouble.ts';
import { findKernel } from '../../kernels/catalog.ts';
import { callEngine } from '../connection.ts';
import { useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { report, useLab } from '../state/lab-store.ts';
import './source.css';
import { showSource } from './source-view.ts';

interface Texts {
  readonly path: string;
  readonly text: string;
  readonly previous: string | null;
}

function useSource(kernel: string): Texts | 'failed' | null {
  const [texts, setTexts] = useState<Texts | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    const before = findKernel(kernel)?.previous;
    Promise.all([callEngine('kernelSource', { kernel }), before === undefined ? null : callEngine('kernelSource', { kernel: before })])
      .then(([source, previous]) => wanted && setTexts({ ...source, previous: previous?.text ?? null }))
      .catch((error: unknown) => {
        if (!wanted) return;
        report(asTrouble(error));
        setTexts('failed');
      });
    return () => {
      wanted = false;
    };
  }, [kernel]);
  return texts;
}

export function KernelSource({ kernel }: { kernel: string }) {
  const messages = useMessages();
  const wide = useLab((state) => state.wideSource);
  const texts = useSource(kernel);
  const [comparing, setComparing] = useState(false);
  const [wrap, setWrap] = useState(true);
  const place = useRef<HTMLDivElement>(null);
  const previous = findKernel(kernel)?.previous;
  const label = messages.source.label(kernel);

  useEffect(() => {
    if (place.current === null || texts === null || texts === 'failed') return;
    return showSource(place.current, {
      text: texts.text,
      previous: comparing ? texts.previous : null,
      path: texts.path,
      wrap,
      label,
    });
  }, [texts, comparing, wrap, label]);

  return (
    <div className="gs-source">
      <div className="gs-source-bar">
        {previous !== undefined && (
          <Checkbox
            label={messages.source.compare(previous)}
            checked={comparing}
            onChange={(event) => setComparing(event.currentTarget.checked)}
            data-testid="compare-source"
          />
        )}
        <Checkbox label={messages.source.wrap} checked={wrap} onChange={(event) => setWrap(event.currentTarget.checked)} />
        <Button
          variant={wide ? 'filled' : 'default'}
          size="compact-xs"
          aria-pressed={wide}
          title={messages.source.widenLabel}
          onClick={() => useLab.setState({ wideSource: !wide })}
        >
          <Icon name="widen" />
          &nbsp;{messages.source.widen}
        </Button>
        {texts !== null && texts !== 'failed' && <span className="gs-dim gs-small gs-mono">{texts.path}</span>}
      </div>
      {texts === 'failed' && <div className="gs-empty">{messages.source.failed}</div>}
      <div className="gs-source-text" ref={place} data-testid="source" />
    </div>
  );
}
