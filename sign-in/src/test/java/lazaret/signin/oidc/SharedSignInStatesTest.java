package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.Test;

class SharedSignInStatesTest {
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final ManualClock otherClock = ManualClock.at("2026-11-28T11:59:30Z");
  private final Map<Secret, Secret> kept = new HashMap<>();
  private final SignInDocuments documents =
      new SignInDocuments() {
        @Override
        public void put(Secret id, Secret document) {
          kept.put(id, document);
        }

        @Override
        public Optional<Secret> find(Secret id) {
          return Optional.ofNullable(kept.get(id));
        }

        @Override
        public boolean remove(Secret id) {
          return kept.remove(id) != null;
        }
      };
  private final SignInStates one = new SharedSignInStates(documents, clock);
  private final SignInStates other = new SharedSignInStates(documents, otherClock);

  private SignInState begun(String id) {
    return new SignInState(
        new State("state of " + id),
        new Nonce(),
        new CodeVerifier(),
        ReturnPath.parse("/desk/?a=b"),
        clock.instant());
  }

  @Test
  void aBrowserReturnsToAnotherServerWhoseClockIsBehind() {
    SignInState begun = begun("a");
    one.add(new Secret("a"), begun);

    assertThat(other.take("a", new State("state of b"))).isNull();
    assertThat(other.take("a", null)).isNull();
    assertThat(other.take("b", new State("state of a"))).isNull();
    assertThat(other.take("a", new State("state of a"))).isEqualTo(begun);
    assertThat(one.take("a", new State("state of a"))).isNull();
  }

  @Test
  void keepsThemForTenMinutes() {
    one.add(new Secret("a"), begun("a"));
    one.add(new Secret("b"), begun("b"));
    clock.advance(Duration.ofMinutes(10));
    assertThat(one.take("a", new State("state of a"))).isNotNull();

    clock.advance(Duration.ofSeconds(1));
    assertThat(one.take("b", new State("state of b"))).isNull();
  }

  @Test
  void aClockThatDiffersByMoreThanAMinuteEndsASignIn() {
    one.add(new Secret("a"), begun("a"));
    clock.advance(Duration.ofSeconds(31));
    one.add(new Secret("b"), begun("b"));

    assertThat(other.take("b", new State("state of b"))).isNull();
  }
}
