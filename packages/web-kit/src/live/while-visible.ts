/**
 * Keeps something going while the page can be seen: `start` when it is shown, what it returned when it is
 * hidden. Returns how to end it for good.
 */
export function whileVisible(
  start: () => () => void,
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'> = document,
): () => void {
  let stop: (() => void) | undefined;
  const end = () => {
    stop?.();
    stop = undefined;
  };
  const look = () => {
    if (page.visibilityState === 'hidden') end();
    else stop ??= start();
  };
  page.addEventListener('visibilitychange', look);
  look();
  return () => {
    page.removeEventListener('visibilitychange', look);
    end();
  };
}
