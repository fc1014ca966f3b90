package lazaret.sandbox.gate;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import lazaret.sandbox.SandboxException;

/// The gate as the relay reaches it from outside the sandbox.
///
/// Redirects are never followed: the token would go with them.
///
/// @param server scheme, host and port without a slash at the end: `https://crates.example.org`
/// @param token goes with every request; empty where the gate wants none
/// @param dialer connects to it
public record OutsideGate(String server, Optional<String> token, GateDialer dialer) {
  /// Creates a gate behind TCP.
  ///
  /// @param trust which authorities vouch for the gate; empty where the JDK's do
  /// @throws SandboxException if the token does not fit a header
  public OutsideGate(String server, Optional<String> token, Optional<SSLSocketFactory> trust) {
    this(server, token, GateDialer.tcp(server, trust));
  }

  /// Checks that the token fits a header.
  ///
  /// @throws SandboxException if it does not
  public OutsideGate {
    if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new SandboxException(
          SandboxException.Kind.REFUSED,
          "the token for "
              + server
              + " holds a character that no header takes: give it without spaces and line ends");
    }
  }

  /// Hides the secret.
  @Override
  public String toString() {
    return server;
  }
}
