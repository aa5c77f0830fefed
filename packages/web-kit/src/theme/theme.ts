import { createTheme, type VariantColorResolverResult, type VariantColorsResolver } from '@mantine/core';

const plain = '1px solid transparent';

const variants: Readonly<Record<string, VariantColorResolverResult>> = {
  filled: {
    background: 'var(--petrol)',
    hover: 'var(--petrol-hover)',
    color: 'var(--on-petrol)',
    border: plain,
  },
  danger: { background: 'var(--bad)', hover: 'var(--bad-hover)', color: 'var(--on-bad)', border: plain },
  subtle: { background: 'transparent', hover: 'var(--sunken)', color: 'var(--ink-2)', border: plain },
  default: {
    background: 'var(--surface)',
    hover: 'var(--sunken)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
};

/**
 * Colours come from our tokens alone; Mantine's palettes are not used. An unknown variant looks like
 * `default`.
 */
const variantColorResolver: VariantColorsResolver = ({ variant }) =>
  variants[variant] ?? (variants['default'] as VariantColorResolverResult);

/** The theme "Escutcheon" as Mantine wants it. Its CSS variables are in `mantine.css`, none are injected. */
export const theme = createTheme({
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'md' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
  },
});
