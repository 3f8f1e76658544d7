/** Which two sessions the compare page holds against each other; kept while other pages are in front. */
import { create } from 'zustand';

export interface ComparisonChoice {
  /** Paths; empty where nothing is chosen. */
  readonly first: string;
  readonly second: string;
}

export const useComparison = create<ComparisonChoice>()(() => ({ first: '', second: '' }));

export function chooseComparison(choice: Partial<ComparisonChoice>): void {
  useComparison.setState(choice);
}
