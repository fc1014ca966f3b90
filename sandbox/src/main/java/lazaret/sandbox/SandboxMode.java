package lazaret.sandbox;

/// What a command in the sandbox can reach beyond the files it was given.
public enum SandboxMode {
  /// Nobody: no socket of any family, unless loopback was asked for, and then its own only.
  SEALED,
  /// The gate, through one unix socket; no crate code runs: `cargo fetch` and its like.
  FETCH,
  /// The gate, through one unix socket, while crate code runs.
  GATE;

  /// Tells whether the gate's socket is inside.
  public boolean reachesGate() {
    return this != SEALED;
  }
}
