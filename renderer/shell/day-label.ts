/** What the days are called: the school has nine, and what comes after them has a title and no number. */
import type { Messages } from '../i18n/en.ts';

const LAST_DAY = 9;

export function dayLabel(day: number, title: string, messages: Messages): string {
  return day > LAST_DAY ? title : messages.syllabus.day(day, title);
}

/** For the folded syllabus, which has room for three letters. */
export function shortDayLabel(day: number, messages: Messages): string {
  return day > LAST_DAY ? messages.syllabus.end : messages.syllabus.shortDay(day);
}
