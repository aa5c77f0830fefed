// Before the first paint: the colours of the system, so that nothing flashes.
{
  const { document } = globalThis;
  const system = globalThis.matchMedia('(prefers-color-scheme: dark)');
  const follow = () =>
    document.documentElement.setAttribute('data-mantine-color-scheme', system.matches ? 'dark' : 'light');
  follow();
  system.addEventListener('change', follow);
}
