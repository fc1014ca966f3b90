package lazaret.sandbox;

/// The network access of a command in the sandbox.
public enum SandboxMode {
  /// No access: no sockets of any family, except optionally its own loopback interface.
  SEALED("sealed"),
  /// Access to the gate through one Unix socket without running crate code, for example `cargo
  /// fetch`.
  FETCH("fetch"),
  /// Access to the gate through one Unix socket while crate code runs.
  GATE("gate");

  private final String code;

  SandboxMode(String code) {
    this.code = code;
  }

  /// Returns the word for the command line, for example `sealed`.
  @Override
  public String toString() {
    return code;
  }

  /// Returns whether the socket of the gate is available in the sandbox.
  public boolean reachesGate() {
    return this != SEALED;
  }
}
