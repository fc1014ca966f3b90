package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Duration;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.Test;

class HeapSignInStatesTest {
  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final SignInStates states = new HeapSignInStates(clock);

  private void add(String id) {
    states.add(
        new Secret(id),
        new SignInState(
            stateOf(id), new Nonce(), new CodeVerifier(), ReturnPath.parse("/"), clock.instant()));
  }

  private static State stateOf(String id) {
    return new State("state of " + id);
  }

  private boolean take(String id) {
    return states.take(id, stateOf(id)) != null;
  }

  @Test
  void givesEachOnce() {
    add("a");

    assertThat(states.take("a", stateOf("b"))).isNull();
    assertThat(states.take("a", null)).isNull();
    assertThat(take("b")).isFalse();
    assertThat(take("a")).isTrue();
    assertThat(take("a")).isFalse();
  }

  @Test
  void keepsThemForTenMinutes() {
    add("a");
    add("b");
    clock.advance(Duration.ofMinutes(10));
    assertThat(take("a")).isTrue();

    clock.advance(Duration.ofSeconds(1));
    assertThat(take("b")).isFalse();
  }

  @Test
  void dropsTheOldestOfMoreThanTenThousand() {
    for (int i = 0; i <= HeapSignInStates.MAX; i++) {
      add("id-" + i);
    }

    assertThat(take("id-0")).isFalse();
    assertThat(take("id-1")).isTrue();
    assertThat(take("id-" + HeapSignInStates.MAX)).isTrue();
  }

  @Test
  void dropsOldOnesBeforeOthers() {
    for (int i = 0; i < HeapSignInStates.MAX; i++) {
      add("old-" + i);
    }
    clock.advance(Duration.ofMinutes(9));
    add("new");
    clock.advance(Duration.ofMinutes(2));
    add("newest");

    assertThat(take("old-" + (HeapSignInStates.MAX - 1))).isFalse();
    assertThat(take("new")).isTrue();
    assertThat(take("newest")).isTrue();
  }
}
