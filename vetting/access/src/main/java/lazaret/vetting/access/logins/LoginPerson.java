package lazaret.vetting.access.logins;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// The caller of an operation, as logins see it. This class alone reads the parts of a [Caller].
///
/// @param owner the person or program, as the ledger names it
/// @param token the name of the token
/// @param roles the roles, as [LoginRoles] writes them
/// @param expires the expiry of the token; null if there is none
/// @param way the way of sign-in
record LoginPerson(
    String owner, String token, List<String> roles, @Nullable Instant expires, Way way) {
  LoginPerson {
    roles = List.copyOf(roles);
  }

  /// A way of sign-in.
  enum Way {
    /// A token that an administrator created.
    TOKEN,
    /// A token that a person confirmed for a command.
    LOGIN,
    /// The right to open the data folder.
    LOCAL
  }

  /// Returns the person who calls.
  static LoginPerson of(Caller caller) {
    return new LoginPerson(
        caller.owner(),
        caller.name(),
        LoginRoles.of(caller.token()),
        caller.token().expires(),
        way(caller));
  }

  private static Way way(Caller caller) {
    // No stored token has such a name. The address does not suffice: it is also that of clients of
    // the Unix socket.
    if (caller.name().startsWith(Decision.LOCAL)) {
      return Way.LOCAL;
    }
    return LoginTokenName.isOfLogin(caller.name()) ? Way.LOGIN : Way.TOKEN;
  }

  /// Checks that the person may answer a login. A token that was itself made by a login may not:
  /// otherwise a stolen one would extend its own life without end.
  ///
  /// @throws LoginException with code `forbidden` if it may not
  void requireMayAnswer() {
    if (way == Way.LOGIN) {
      throw new LoginException(
          ErrorCode.FORBIDDEN,
          "cannot answer the login: expected a person who signed in, found the token '%s' of another login; answer in a browser"
              .formatted(token));
    }
  }

  /// Checks that the token of the request may be revoked by the request.
  ///
  /// @throws LoginException with code `unknown` if the caller has no token, and `forbidden` if it
  ///   has the token that the server created for its machine
  void requireMayEnd() {
    if (way == Way.LOCAL) {
      throw new LoginException(
          ErrorCode.UNKNOWN,
          "cannot end the login: expected a token, found a caller that opened the data folder");
    }
    if (token.equals(TokenService.SERVER)) {
      throw new LoginException(
          ErrorCode.FORBIDDEN,
          "cannot end the login: expected the token of a login, found the token of the server; revoke it with 'vetting-cli token revoke %s'"
              .formatted(token));
    }
  }

  /// Returns the end of a token that the person gives to a command. It is not later than the end of
  /// the person's own token.
  ///
  /// @param usual the end that the limits provide
  Instant latest(Instant usual) {
    Instant own = expires;
    return own != null && own.isBefore(usual) ? own : usual;
  }
}
