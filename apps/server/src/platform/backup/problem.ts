/** A backup cannot be made or read; the message is a sentence that says what is wrong and what to do. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem';
}
