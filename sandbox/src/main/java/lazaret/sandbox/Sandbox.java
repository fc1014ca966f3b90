package lazaret.sandbox;

import java.io.OutputStream;

/// Runs commands where they find what they were given and nothing else. Thread-safe.
public interface Sandbox {
  /// Runs a command to its end.
  ///
  /// @param out where its standard output goes, neutralised
  /// @param err where its standard error goes, neutralised
  /// @throws SandboxException if it cannot be run behind every barrier that the policy asks for; it
  ///   was not run then
  SandboxReport run(SandboxPolicy policy, OutputStream out, OutputStream err);
}
