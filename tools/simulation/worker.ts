/** Plays one world after another for `npm run sim`, as its parent asks: one process a core. */
import { runWorld, type RunOptions } from '@claviger/sim/simulation';

process.on('message', (options: RunOptions) => {
  void runWorld(options).then((report) => {
    process.send?.(report);
  });
});
process.once('disconnect', () => {
  process.exit();
});
