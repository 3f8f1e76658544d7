/** Mantine set to this window's look: small controls, our fonts, colours from `tokens.css`. */
import { Button, createTheme } from '@mantine/core';
import type { Theme } from '../../electron/shared/contract.ts';

const small = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  fontFamily: 'var(--gs-font)',
  fontFamilyMonospace: 'var(--gs-font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  defaultRadius: '0.375rem',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Filled buttons are written on in white by default; the accent of the dark theme needs dark text.
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, { variant = 'filled' }) => ({ root: variant === 'filled' ? { '--button-color': 'var(--gs-accent-ink)' } : {} }),
    }),
    TextInput: small,
    Textarea: small,
    NativeSelect: small,
    SegmentedControl: small,
    Checkbox: small,
    Switch: small,
    Tooltip: { defaultProps: { openDelay: 400, multiline: true, maw: 320, fz: 'xs', events: { hover: true, focus: true, touch: true } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true } },
  },
});

/** Mantine knows two schemes; the projector's is the light one with our own colours and sizes. */
export const colourSchemeOf = (name: Theme): 'dark' | 'light' => (name === 'dark' ? 'dark' : 'light');
