import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

/**
 * Where the choice light, dark or auto is kept; `color-scheme.js` of each web face reads it before the first
 * paint.
 */
const colorSchemeManager = localStorageColorSchemeManager({ key: 'claviger-color-scheme' });

/**
 * Colours and components of the house. Injects no `<style>` element: all variables are in `styles.css`, so
 * that the page runs under a Content-Security-Policy without 'unsafe-inline'.
 */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
