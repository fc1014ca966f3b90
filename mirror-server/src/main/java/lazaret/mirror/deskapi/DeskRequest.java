package lazaret.mirror.deskapi;

import java.time.Instant;
import java.util.EnumSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Token;

/// A request to the desk, independent of its transport.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param path the path as sent, not decoded, for example `/desk/v1/crates/serde/1.0.9`
/// @param query the query as sent, not decoded, without the question mark; empty if there is none
/// @param body the body; empty if there is none
/// @param caller the caller's token; the API checks its scopes, the transport has checked its
///   secret
/// @param address the caller's IP address; [#LOCAL] if the request did not come over a socket
public record DeskRequest(
    String method, String path, String query, Bytes body, Token caller, String address) {

  /// The address of a caller in this process.
  public static final String LOCAL = "local";

  /// Creates a request from this process. It has all scopes, because a user who can open the data
  /// folder has all rights on it.
  ///
  /// @param target path and query, for example `/desk/v1/events?after=12`
  /// @param by the caller, for the ledger, for example `local:alice`
  /// @param now the time of the request
  public static DeskRequest local(
      String method, String target, Bytes body, Caller by, Instant now) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new DeskRequest(method, path, query, body, by.token(now), LOCAL);
  }

  /// Returns the caller of an open route without a token. Its name cannot be the name of a token.
  public static Token anonymous(Instant now) {
    return new Token(
        Requester.ANONYMOUS,
        Requester.ANONYMOUS,
        Sha256.parse("0".repeat(64)),
        EnumSet.of(Token.Scope.READ),
        now,
        null);
  }

  /// A caller in this process.
  ///
  /// @param name the name that the ledger shows
  public record Caller(String name) {
    Token token(Instant now) {
      // No secret has this hash: the token exists in this process only and is never stored.
      return new Token(
          name, name, Sha256.parse("0".repeat(64)), EnumSet.allOf(Token.Scope.class), now, null);
    }
  }
}
