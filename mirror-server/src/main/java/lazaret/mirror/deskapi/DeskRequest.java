package lazaret.mirror.deskapi;

import java.time.Instant;
import java.util.EnumSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Asker;
import lazaret.vetting.desk.Token;

/// One question to the desk, whoever carried it here.
///
/// @param method `GET`, `POST`, `PUT` or `DELETE`
/// @param path the path as sent, not decoded, for example `/desk/v1/crates/serde/1.0.9`
/// @param query the query as sent, not decoded, without the question mark; empty where there is
///   none
/// @param body what came with it; empty where nothing did
/// @param caller who asks; the API checks the scopes, the carrier has checked the secret
/// @param address the caller's IP address; [#LOCAL] where the question did not come over a socket
public record DeskRequest(
    String method, String path, String query, Bytes body, Token caller, String address) {

  /// Stands for the address where the caller is in this process.
  public static final String LOCAL = "local";

  /// A question from this process: whoever can open the data folder may do everything.
  ///
  /// @param target path and query, for example `/desk/v1/events?after=12`
  /// @param by who asks, for the ledger, for example `local:alice`
  /// @param now when
  public static DeskRequest local(
      String method, String target, Bytes body, Caller by, Instant now) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new DeskRequest(method, path, query, body, by.token(now), LOCAL);
  }

  /// Returns the caller of an open route without a token: the name is that of no token.
  public static Token anonymous(Instant now) {
    return new Token(
        Asker.ANONYMOUS,
        Asker.ANONYMOUS,
        Sha256.parse("0".repeat(64)),
        EnumSet.of(Token.Scope.READ),
        now,
        null);
  }

  /// Who asks from this process.
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
