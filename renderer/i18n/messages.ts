/** The texts of the language in use. Switching re-renders what reads them; nothing is loaded. */
import type { Language } from '../../electron/shared/contract.ts';
import { useLab } from '../state/lab-store.ts';
import { en, type Messages } from './en.ts';
import { fr } from './fr.ts';

export const MESSAGES: Record<Language, Messages> = { en, fr };

export function useLanguage(): Language {
  return useLab((state) => state.preferences.language);
}

export function useMessages(): Messages {
  return MESSAGES[useLanguage()];
}
