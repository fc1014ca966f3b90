package lazaret.cli.desk;

import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The server of a command and the token for it.
///
/// @param address the address of the server
/// @param token the token, or null if none was found
/// @param origin the file or variable of the token, or null without a token
/// @param advice the next step if the server does not reply
public record ServerAddress(
    GateAddress address, @Nullable Secret token, @Nullable String origin, String advice) {
  /// Creates a gateway with a token of unknown origin.
  public ServerAddress(GateAddress address, @Nullable Secret token, String advice) {
    this(address, token, null, advice);
  }

  /// Returns the same server with another token, or without one.
  public ServerAddress with(@Nullable Secret other) {
    return new ServerAddress(address, other, null, advice);
  }

  /// Returns the address in the form for messages.
  public String server() {
    return address.shown();
  }

  /// Returns whether TLS authenticates the server.
  public boolean isSecure() {
    return address instanceof GateAddress.Web web && web.isSecure();
  }

  /// Returns whether a passphrase may be sent, which requires the Unix socket or TLS.
  public boolean takesPassphrases() {
    return address instanceof GateAddress.Socket || isSecure();
  }

  /// Returns the address without the token.
  @Override
  public String toString() {
    return server();
  }
}
