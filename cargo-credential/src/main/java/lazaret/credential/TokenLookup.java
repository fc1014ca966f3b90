package lazaret.credential;

import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The search for the token of an index. It finds one only for the index of a gate at which the
/// person signed in: another URL, however similar, gets none. It reads one file, and no
/// configuration of the project that cargo builds.
///
/// @param file the file with the tokens; null if the user has no folder for it
/// @param clock the only source of time
record TokenLookup(@Nullable CredentialsFile file, Clock clock) {
  /// Returns the token of an index, or the reason for a refusal.
  ///
  /// @param indexUrl the URL, as cargo names it
  TokenOutcome find(String indexUrl) {
    Optional<GateOrigin> named = GateOrigin.ofIndex(indexUrl);
    if (named.isEmpty()) {
      return TokenOutcome.otherUrl(
          "no token for '"
              + PlainText.of(indexUrl)
              + "': expected an index like sparse+https://gate.example/index/");
    }
    GateOrigin origin = named.get();
    if (!origin.isProtected()) {
      return TokenOutcome.otherUrl(
          "no token for '"
              + PlainText.of(indexUrl)
              + "': cargo would send it readable for the network; use https");
    }
    try {
      return stored(origin);
    } catch (CredentialException e) {
      return TokenOutcome.failed(PlainText.message(e.reason()));
    }
  }

  private TokenOutcome stored(GateOrigin origin) {
    Optional<OriginToken> token = file == null ? Optional.empty() : file.find(origin);
    if (token.isEmpty()) {
      return TokenOutcome.otherUrl(
          "no token for " + origin + ": you did not sign in there; " + advice(origin));
    }
    return token.get().worksAt(clock.instant())
        ? TokenOutcome.of(token.get())
        : TokenOutcome.notFound(
            "no token for " + origin + ": the login expired; " + advice(origin));
  }

  /// Returns the next step after a missing token.
  static String advice(GateOrigin origin) {
    return "if you trust it, run 'vetting-cli login --server " + origin + "'";
  }
}
