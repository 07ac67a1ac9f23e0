/**
 * How the command ends, as the shell sees it.
 *
 * 0 success; 1 a transfer failed, or the world refused (a full disk, a file in the way, a store in use); 2 the command
 * itself cannot be carried out as it was given; 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 130;

/** Something the person at the terminal can change. Its message is one or two sentences that say what. */
export class Complaint extends Error {
  override readonly name = "Complaint";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 2, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
