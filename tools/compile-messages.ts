/** Makes the typed message functions of the web faces, where their message files are newer. */
import { compileMessages } from './demo/messages.ts';

await compileMessages();
