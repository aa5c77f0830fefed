// Before the first paint: the colours that were chosen, so that nothing flashes. The choice is kept by ThemeProvider.
{
  const { document, localStorage } = globalThis;
  const chosen = localStorage.getItem('claviger-color-scheme');
  const isSystemDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;
  const isDark = chosen === 'dark' || (chosen !== 'light' && isSystemDark);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
}
