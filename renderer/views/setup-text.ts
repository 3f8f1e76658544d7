/** The stored words of a set-up as people read them. */
import type { SetupField } from '../../electron/shared/compare-setup.ts';
import type { Language } from '../../electron/shared/contract.ts';
import { formatBytes, formatNumber } from '../../electron/shared/units.ts';
import type { Messages } from '../i18n/en.ts';

const NUMBERS: readonly SetupField[] = ['diffusionU', 'diffusionV', 'feed', 'kill', 'dt'];

function wordOf(field: SetupField, value: string, messages: Messages, language: Language): string {
  if (value === '') return messages.compare.none;
  if (value === 'unknown') return messages.unknown;
  if (value === 'true') return messages.compare.yes;
  if (value === 'false') return messages.compare.no;
  if (field === 'memoryBytes') return formatBytes(Number(value), language);
  if (NUMBERS.includes(field)) return formatNumber(Number(value), language, 6);
  return value;
}

export function setupText(field: SetupField, values: readonly string[], messages: Messages, language: Language): string {
  return values.map((value) => wordOf(field, value, messages, language)).join(' ; ');
}
