const stepMs = 1_000;

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How far long work has come: on a terminal one line that changes, elsewhere a line every tenth. */
export function progressOf(what: string): (done: number, total: number) => void {
  let [toldAt, toldTenths] = [-Infinity, 0];
  return (done, total) => {
    const tenths = Math.floor((10 * done) / Math.max(1, total));
    const text = `${what}: ${megabytes(done)} of ${megabytes(total)}`;
    if (process.stderr.isTTY) {
      if (performance.now() - toldAt < stepMs && done < total) return;
      process.stderr.write(`\r${text}${done < total ? '' : '\n'}`);
    } else if (tenths > toldTenths) process.stderr.write(`${text}\n`);
    [toldAt, toldTenths] = [performance.now(), tenths];
  };
}
