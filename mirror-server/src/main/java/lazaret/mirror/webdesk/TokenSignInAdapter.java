package lazaret.mirror.webdesk;

import java.util.Optional;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.access.SignInResult;
import lazaret.web.SignInFlow;
import org.jspecify.annotations.Nullable;

/// The sign-in of a gate without an identity provider: by a token.
///
/// @param sessions the sessions of the desk
public record TokenSignInAdapter(SessionService sessions) implements SignInFlow {
  @Override
  public Optional<String> provider() {
    return Optional.empty();
  }

  @Override
  public Outcome begin(String to) {
    return new Outcome.Refused(404, "no identity provider is configured; sign in with a token");
  }

  @Override
  public Outcome finish(String query, @Nullable String begun, @Nullable String earlier) {
    return begin("");
  }

  @Override
  public Outcome byToken(String token, @Nullable String earlier) {
    return switch (sessions.signIn(token, earlier)) {
      case SignInResult.SignedIn(var _, var secret) -> new Outcome.SignedIn("", secret.text());
      case SignInResult.Refused(var sentence) -> new Outcome.Refused(403, sentence);
    };
  }

  @Override
  public Optional<String> end(String secret) {
    sessions.signOut(secret);
    return Optional.empty();
  }
}
