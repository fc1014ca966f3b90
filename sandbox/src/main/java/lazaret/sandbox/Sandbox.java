package lazaret.sandbox;

import java.io.OutputStream;

/// An environment that runs commands with access to only the files and services of a policy.
/// Thread-safe.
public interface Sandbox {
  /// Runs a command and waits for its end.
  ///
  /// @param policy the command, its folders and its limits
  /// @param out the destination of standard output, with control characters neutralized
  /// @param err the destination of standard error, with control characters neutralized
  /// @throws SandboxException if a protection that the policy requires is not available; the
  ///   command was not run then
  SandboxReport run(SandboxPolicy policy, OutputStream out, OutputStream err);
}
