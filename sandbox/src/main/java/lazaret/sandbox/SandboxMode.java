package lazaret.sandbox;

import java.util.Locale;

/// What a command in the sandbox can reach beyond the files it was given.
public enum SandboxMode {
  /// Nobody: no socket of any family, unless loopback was asked for, and then its own only.
  SEALED,
  /// The gate, through one unix socket; no crate code runs: `cargo fetch` and its like.
  FETCH,
  /// The gate, through one unix socket, while crate code runs.
  GATE;

  /// Returns the word of a command line: `sealed`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Tells whether the gate's socket is inside.
  public boolean reachesGate() {
    return this != SEALED;
  }
}
