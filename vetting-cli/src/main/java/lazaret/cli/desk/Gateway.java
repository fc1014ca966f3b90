package lazaret.cli.desk;

import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// Which server is talked to, and as whom.
///
/// @param address where it is
/// @param token the secret; null where none was found
/// @param origin the file or variable that the secret was read from; null without a secret
/// @param advice what to do where nothing answers
public record Gateway(
    GateAddress address, @Nullable Secret token, @Nullable String origin, String advice) {
  /// A gate and a secret of unknown origin.
  public Gateway(GateAddress address, @Nullable Secret token, String advice) {
    this(address, token, null, advice);
  }

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
