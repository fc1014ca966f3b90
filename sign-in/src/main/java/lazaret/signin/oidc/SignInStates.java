package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The begun sign-ins by the random id that is in a cookie of the browser. They are kept for ten
/// minutes in memory. If there are 10,000, the oldest is dropped for a new one: a flood of begun
/// sign-ins then delays a person only while it lasts. Thread-safe.
final class SignInStates {
  /// The maximum number of begun sign-ins.
  static final int MAX = 10_000;

  /// The time within which the browser must return.
  static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final Clock clock;
  private final Map<String, SignInState> byId = new LinkedHashMap<>();

  SignInStates(Clock clock) {
    this.clock = clock;
  }

  /// Adds a begun sign-in.
  ///
  /// @param id a random id
  synchronized void add(Secret id, SignInState state) {
    Instant now = clock.instant();
    Iterator<SignInState> oldest = byId.values().iterator();
    while (oldest.hasNext() && (isOld(oldest.next(), now) || byId.size() >= MAX)) {
      oldest.remove();
    }
    byId.put(id.text(), state);
  }

  /// Takes a begun sign-in out, if the provider returned its state. With another state it remains:
  /// an address that an attacker made must not end the sign-in of a person.
  ///
  /// @param id the id of the cookie; foreign
  /// @param state the state that the browser brought; null if there is none; foreign
  /// @return null if there is no such sign-in, or it is too old, or its state is another one
  synchronized @Nullable SignInState take(String id, @Nullable State state) {
    SignInState begun = byId.get(id);
    if (begun == null || state == null || !isEqual(begun.state(), state)) {
      return null;
    }
    byId.remove(id);
    return isOld(begun, clock.instant()) ? null : begun;
  }

  private static boolean isOld(SignInState state, Instant now) {
    return now.isAfter(state.begun().plus(MAX_AGE)) || now.isBefore(state.begun());
  }

  /// Compares two values in a time that does not depend on the position of a difference.
  private static boolean isEqual(State expected, State found) {
    return MessageDigest.isEqual(
        expected.getValue().getBytes(StandardCharsets.UTF_8),
        found.getValue().getBytes(StandardCharsets.UTF_8));
  }
}
