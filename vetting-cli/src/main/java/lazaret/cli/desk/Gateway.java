package lazaret.cli.desk;

import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// Which server is talked to, and as whom.
///
/// @param address where it is
/// @param token the secret; null where none was found
/// @param advice what to do where nothing answers
public record Gateway(GateAddress address, @Nullable Secret token, String advice) {
  /// Returns the address as people read it.
  public String server() {
    return address.shown();
  }

  /// Returns whether TLS says who the server is.
  public boolean isSecure() {
    return address instanceof GateAddress.Web web && web.isSecure();
  }

  /// Returns whether a passphrase may be sent: over the unix socket and over TLS.
  public boolean takesPassphrases() {
    return address instanceof GateAddress.Socket || isSecure();
  }

  /// Hides the secret.
  @Override
  public String toString() {
    return server();
  }
}
