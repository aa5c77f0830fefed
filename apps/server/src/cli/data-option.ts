import { InvalidArgumentError, Option } from 'commander';

/** What a command may be told about its folder. */
export interface DataOptions {
  readonly data?: string;
}

function readOnce(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('It was given twice.');
  if (value.trim() === '') throw new InvalidArgumentError('It must name a folder.');
  return value;
}

/** `--data <folder>`: names a folder, and only once. */
export function dataOption(description = 'the data folder, instead of CLAVIGER_DATA'): Option {
  return new Option('--data <folder>', description).argParser<string>(readOnce);
}

/** The environment of a command, with the folder that its command line names. */
export function environmentOf({ data }: DataOptions): NodeJS.ProcessEnv {
  return data === undefined ? process.env : { ...process.env, CLAVIGER_DATA: data };
}
