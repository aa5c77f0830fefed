/** A command cannot do what it was asked for; the message says why and what to do. */
export class CommandFault extends Error {
  override readonly name: string = 'CommandFault';
}

/** What the command was given does not hold: a file, a folder, an argument. Ends with the exit code 2. */
export class InputFault extends CommandFault {
  override readonly name = 'InputFault';
}

/** How a command ends, besides 0 (docs/operate/install.md, Exit codes). */
export const exitCodes = { fault: 1, input: 2 } as const;
