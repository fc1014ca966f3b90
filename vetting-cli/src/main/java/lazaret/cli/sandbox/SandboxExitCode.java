package lazaret.cli.sandbox;

import lazaret.cli.report.ProcessCode;

/// The exit codes of `sandbox` that are not the code of the command. They are those of timeout(1),
/// which programs rarely use themselves.
public enum SandboxExitCode implements ProcessCode {
  /// A violation failed the run, or a limit ended it.
  VIOLATION(124),
  /// The command was not run, or its programs could not be copied. The message names the cause by
  /// its error code or by the code of cargo.
  NOT_RUN(125);

  private final int code;

  SandboxExitCode(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
