package lazaret.vetting.access.logins;

import lazaret.vetting.ErrorCode;

/// The refusals of operations on logins.
final class LoginRefusals {
  private LoginRefusals() {}

  /// Checks that another login may wait.
  ///
  /// @param ofNetwork the number of open logins of its network
  /// @param all the number of all open logins
  static void requireFew(int ofNetwork, int all, LoginLimits limits) {
    if (ofNetwork >= limits.openByAddress()) {
      throw limit(
          "at most %d open logins of one address".formatted(limits.openByAddress()),
          "answer one of them, or try again in %d minutes".formatted(limits.life().toMinutes()));
    }
    if (all >= limits.open()) {
      throw limit(
          "at most %,d open logins".formatted(limits.open()),
          "try again in %d minutes".formatted(limits.life().toMinutes()));
    }
  }

  static LoginException starts(LoginLimits limits) {
    return limit(
        "at most %d logins of one address in a minute".formatted(limits.startsByAddress()),
        "try again in a minute");
  }

  private static LoginException limit(String expected, String next) {
    return new LoginException(
        ErrorCode.SERVER_UNAVAILABLE,
        "cannot start a login: expected %s, found more; %s".formatted(expected, next));
  }

  static LoginException wrongCodes(LoginLimits limits) {
    return new LoginException(
        ErrorCode.SERVER_UNAVAILABLE,
        "cannot find the login: expected at most %d wrong codes in a minute, found more; try again in a minute"
            .formatted(limits.wrongCodes()));
  }

  static LoginException unknown() {
    return new LoginException(
        ErrorCode.UNKNOWN,
        "cannot find the login: expected the code of a login that waits, found a wrong, expired"
            + " or used one; start the command again");
  }

  /// Returns the refusal of a grant by a session that may have ended meanwhile.
  static LoginException ended() {
    long seconds = LoginRegister.AFTER_END.toSeconds();
    return new LoginException(
        ErrorCode.FORBIDDEN,
        "cannot approve the login: expected a session that began after the last end of all sessions, found an end less than %d s ago; sign in, and try again in %d s"
            .formatted(seconds, seconds));
  }
}
