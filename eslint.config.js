import { lintConfig } from './tools/lint/config.ts';

export default lintConfig(import.meta.dirname);
