/** Powers of ten as they are printed: the window has the room for raised digits that a terminal may lack. */
const RAISED: Record<string, string> = {
  '−': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** "8.2 × 10^−7" with its exponent raised. */
export function raisePowers(text: string): string {
  return text.replace(/\^(−?\d+)/g, (_, exponent: string) => [...exponent].map((digit) => RAISED[digit] ?? digit).join(''));
}
