package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import java.time.Duration;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The begun sign-ins by the random id that is in a cookie of the browser. Thread-safe.
interface SignInStates {
  /// The time within which the browser must return.
  Duration MAX_AGE = Duration.ofMinutes(10);

  /// Adds a begun sign-in.
  ///
  /// @param id a random id
  void add(Secret id, SignInState state);

  /// Takes a begun sign-in out, if the provider returned its state. With another state it remains:
  /// an address that an attacker made must not end the sign-in of a person.
  ///
  /// @param id the id of the cookie; foreign
  /// @param state the state that the browser brought; null if there is none; foreign
  /// @return null if there is no such sign-in, or it is too old, or its state is another one
  @Nullable SignInState take(String id, @Nullable State state);
}
