package lazaret.vetting.desk.api;

import java.time.Instant;
import java.util.EnumSet;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Token;

/// The party that calls an operation. The transport has checked its secret; [DeskApi] checks its
/// scopes.
///
/// @param token the token of the request
/// @param address the IP address; [#LOCAL] in the same process
public record Caller(Token token, String address) {
  /// The address of a caller in the same process.
  public static final String LOCAL = "local";

  /// Returns a caller in the same process. It may call every operation, because it can open the
  /// data folder.
  ///
  /// @param name the name in the ledger: `local:alice`
  public static Caller local(String name, Instant now) {
    return new Caller(unstored(name, EnumSet.allOf(Token.Scope.class), now), LOCAL);
  }

  /// Returns the caller of an open operation without a token.
  public static Caller anonymous(String address, Instant now) {
    return new Caller(unstored(Requester.ANONYMOUS, EnumSet.of(Token.Scope.READ), now), address);
  }

  /// No secret has this hash: the token is in this process alone.
  private static Token unstored(String name, EnumSet<Token.Scope> scopes, Instant now) {
    return new Token(name, name, Sha256.parse("0".repeat(64)), scopes, now, null);
  }

  /// Returns the name of the token.
  public String name() {
    return token.name();
  }

  /// Returns the person or program that holds the token.
  public String owner() {
    return token.owner();
  }

  /// Returns whether the caller may call operations with this requirement.
  public boolean may(Access access) {
    Scope scope = access.scope();
    return scope == null || token.may(TokenHandlers.scope(scope));
  }

  /// Returns the caller as the queue and the access log show it.
  Requester requester() {
    return new Requester(name(), address);
  }
}
