/** Under the field: quantity, colour map, the locked range at the ends of its colours, whole view, save. */

import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SPECIES, type Species } from '../../electron/shared/frame.ts';
import { parseNumber } from '../../electron/shared/units.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { Icon } from '../shell/icons.tsx';
import { Segments } from '../shell/segments.tsx';
import { download } from '../state/actions.ts';
import { changeField, useLab } from '../state/lab-store.ts';
import { COLOUR_MAPS, cssGradient } from './colour-map.ts';
import type { FieldScreen } from './field-screen.ts';

function setRange(species: Species, end: 'low' | 'high', value: number): boolean {
  const { range } = useLab.getState().field;
  const wanted = { ...range[species], [end]: value };
  if (!(wanted.low < wanted.high)) return false;
  changeField({ range: { ...range, [species]: wanted } });
  return true;
}

/** Taken over on Enter or when left; what cannot be a range goes back to what was. */
function RangeInput({ end, label }: { end: 'low' | 'high'; label: string }) {
  const language = useLanguage();
  const species = useLab((state) => state.field.species);
  const value = useLab((state) => state.field.range[state.field.species][end]);
  const spelled = language === 'fr' ? String(value).replace('.', ',') : String(value);
  const [text, setText] = useState(spelled);
  useEffect(() => setText(spelled), [spelled]);
  const take = () => {
    const typed = parseNumber(text);
    if (typed === null || !setRange(species, end, typed)) setText(spelled);
  };
  return (
    <TextInput
      className="gs-range-input"
      classNames={{ input: 'gs-numbers' }}
      aria-label={label}
      inputMode="decimal"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

export function FieldControls({ screen }: { screen: FieldScreen | null }) {
  const messages = useMessages();
  const species = useLab((state) => state.field.species);
  const map = useLab((state) => state.field.map);
  const save = async () => {
    const picture = await screen?.save();
    if (picture) download(picture, `gray-scott-${species}.png`);
  };
  return (
    <div className="gs-field-bar">
      <div className="gs-field-group">
        <Segments
          label={messages.field.species}
          value={species}
          options={SPECIES.map((value) => ({ value, text: value }))}
          onChange={(value) => changeField({ species: value })}
          testId="species"
        />
        <RangeInput end="low" label={messages.field.low} />
        <div className="gs-colour-bar" style={{ backgroundImage: cssGradient(map) }} aria-hidden="true" />
        <RangeInput end="high" label={messages.field.high} />
      </div>
      <div className="gs-field-group">
        <NativeSelect
          aria-label={messages.field.map}
          value={map}
          data={COLOUR_MAPS.map((value) => ({ value, label: messages.field.maps[value] }))}
          onChange={(event) => changeField({ map: COLOUR_MAPS.find((known) => known === event.currentTarget.value) ?? map })}
          w="5.75rem"
        />
        <ActionIcon
          variant="default"
          size="md"
          aria-label={messages.field.whole}
          title={messages.field.whole}
          onClick={() => screen?.showWhole()}
        >
          <Icon name="fit" />
        </ActionIcon>
        <ActionIcon variant="default" size="md" aria-label={messages.field.save} title={messages.field.save} onClick={() => void save()}>
          <Icon name="save" />
        </ActionIcon>
      </div>
    </div>
  );
}
