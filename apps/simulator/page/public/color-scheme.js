// Before the first paint: the chosen colours, so that nothing flashes. ThemeProvider keeps the choice.
{
  const { document, localStorage } = globalThis;
  const chosen = localStorage.getItem('claviger-color-scheme');
  const isSystemDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;
  const isDark = chosen === 'dark' || (chosen !== 'light' && isSystemDark);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
}
