import { lintConfig } from './tools/lint/config2.ts';

export default lintConfig(import.meta.dirname);
