/** How dates are written: English as the school's neighbours write it, the day before the month and 24 hours. */
import type { Language } from '../../electron/shared/contract.ts';

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
