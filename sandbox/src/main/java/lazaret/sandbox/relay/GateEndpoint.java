package lazaret.sandbox.relay;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import lazaret.sandbox.SandboxException;

/// The address and credentials of the gate outside of the sandbox.
///
/// Redirects are not followed, because the token would be sent to their target.
///
/// @param server the scheme, host and port without a trailing slash: `https://crates.example.org`
/// @param token the token sent with every request; empty if the gate requires none
/// @param dialer the function that opens connections
public record GateEndpoint(String server, Optional<String> token, GateConnector dialer) {
  /// Creates the description of a gate that is reached over TCP.
  ///
  /// @param trust the trusted certificate authorities; empty for those of the JDK
  /// @throws SandboxException if the token is not valid in a header
  public GateEndpoint(String server, Optional<String> token, Optional<SSLSocketFactory> trust) {
    this(server, token, GateConnector.tcp(server, trust));
  }

  /// Checks that the token is valid in a header.
  ///
  /// @throws SandboxException if it is not valid
  public GateEndpoint {
    if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new SandboxException(
          SandboxException.Kind.REFUSED,
          "the token for "
              + server
              + " has a character that a header cannot contain; remove spaces and line ends");
    }
  }

  /// Returns the address without the token.
  @Override
  public String toString() {
    return server;
  }
}
