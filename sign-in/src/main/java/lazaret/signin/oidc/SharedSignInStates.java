package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The begun sign-ins of several servers: a browser may return to another one than it began at.
/// Thread-safe; blocks.
final class SharedSignInStates implements SignInStates {
  /// The difference between the times of two servers that ends no sign-in. Both know the time of
  /// the database, which one of them read up to a minute ago.
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

  private final SignInDocuments documents;
  private final Clock clock;

  SharedSignInStates(SignInDocuments documents, Clock clock) {
    this.documents = documents;
    this.clock = clock;
  }

  @Override
  public void add(Secret id, SignInState state) {
    documents.put(id, state.document());
  }

  @Override
  public @Nullable SignInState take(String id, @Nullable State state) {
    Secret browserId = new Secret(id);
    SignInState begun = documents.find(browserId).map(SignInState::of).orElse(null);
    // Of two requests, one removes it.
    if (begun == null || state == null || !begun.isOf(state) || !documents.remove(browserId)) {
      return null;
    }
    Instant now = clock.instant();
    Instant latest = now.isBefore(begun.begun()) ? now.plus(CLOCK_DIFFERENCE) : now;
    return begun.isOld(latest) ? null : begun;
  }
}
