/**
 * A web face served from its sources: `node serve-face.ts <folder of the face>`. It ends with the program
 * that started it, also when that was killed.
 */
import { createServer } from 'vite';

const [, , folder] = process.argv;
process.once('disconnect', () => process.exit(0));
if (folder === undefined) throw new Error('Usage: serve-face.ts FOLDER');
process.chdir(folder);
const server = await createServer({ clearScreen: false, logLevel: 'warn', server: { strictPort: true } });
await server.listen();
