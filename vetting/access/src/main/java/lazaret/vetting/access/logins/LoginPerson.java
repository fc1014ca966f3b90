package lazaret.vetting.access.logins;

import java.time.Instant;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The caller of an operation, as logins see it. This class alone reads the parts of a [Caller].
///
/// @param owner the person or program, as the ledger names it
/// @param token the name of the token or session
/// @param roles the roles
/// @param expires the expiry of the token; null if there is none
/// @param method the way of sign-in
record LoginPerson(
    String owner, String token, RoleGrants roles, @Nullable Instant expires, SignInMethod method) {
  /// Returns the person who calls.
  static LoginPerson of(Caller caller) {
    return new LoginPerson(
        caller.owner(), caller.name(), caller.roles(), caller.expires(), caller.method());
  }

  /// Checks that the person may answer a login. A token that was itself made by a login may not:
  /// otherwise a stolen one would extend its own life without end.
  ///
  /// @throws LoginException with code `forbidden` if it may not
  void requireMayAnswer() {
    boolean person =
        switch (method) {
          case BROWSER, TOKEN, LOCAL -> true;
          case LOGIN, EXCHANGE, ANONYMOUS -> false;
        };
    if (!person) {
      throw new LoginException(
          ErrorCode.FORBIDDEN,
          "cannot answer the login: expected a person who signed in, found the token '%s' of a command or job; answer in a browser"
              .formatted(token));
    }
  }

  /// Checks that the token of the request may be revoked by the request.
  ///
  /// @throws LoginException with code `unknown` if the caller has no token, and `forbidden` if it
  ///   has the token that the server created for its machine
  void requireMayEnd() {
    boolean revocable =
        switch (method) {
          case TOKEN, LOGIN, EXCHANGE -> true;
          case BROWSER, LOCAL, ANONYMOUS -> false;
        };
    if (!revocable) {
      throw new LoginException(
          ErrorCode.UNKNOWN,
          "cannot end the login: expected a token, found a caller without one (%s)"
              .formatted(method.code()));
    }
    if (TokenService.isOfServer(token, owner)) {
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
