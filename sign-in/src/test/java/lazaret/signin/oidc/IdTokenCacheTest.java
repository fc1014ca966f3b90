package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.Test;

class IdTokenCacheTest {
  private static final Duration MAX_AGE = Duration.ofHours(12);

  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final IdTokenCache cache = new IdTokenCache(clock, MAX_AGE);

  private static Secret token(int length) {
    return new Secret("t".repeat(length));
  }

  private boolean has(String session) {
    return cache.take(session).isPresent();
  }

  @Test
  void givesTheTokenOfASessionOnce() {
    cache.add("a", new Secret("token of a"));
    cache.add("b", new Secret("token of b"));

    assertThat(cache.take("a").map(Secret::text)).contains("token of a");
    assertThat(cache.take("a")).isEmpty();
    assertThat(cache.take("b").map(Secret::text)).contains("token of b");
    assertThat(cache.take("c")).isEmpty();
  }

  @Test
  void replacesTheTokenOfASession() {
    cache.add("a", new Secret("first"));
    cache.add("a", new Secret("second"));

    assertThat(cache.take("a").map(Secret::text)).contains("second");
  }

  @Test
  void keepsNoTokenThatIsTooLongForAnAddress() {
    cache.add("a", token(IdTokenCache.MAX_LENGTH));
    cache.add("b", token(IdTokenCache.MAX_LENGTH + 1));

    assertThat(has("a")).isTrue();
    assertThat(has("b")).isFalse();
  }

  @Test
  void keepsATokenUntilItsSessionHasEndedInAnyCase() {
    cache.add("a", token(10));
    cache.add("b", token(10));
    clock.advance(MAX_AGE);
    assertThat(has("a")).isTrue();

    clock.advance(Duration.ofMillis(1));

    assertThat(has("b")).isFalse();
  }

  @Test
  void dropsTheOldestTokensAboveTheLimit() {
    int fitting = IdTokenCache.MAX_TOTAL / IdTokenCache.MAX_LENGTH;
    for (int i = 0; i < fitting; i++) {
      cache.add("session-" + i, token(IdTokenCache.MAX_LENGTH));
    }
    assertThat(has("session-1")).isTrue();
    cache.add("fits", token(IdTokenCache.MAX_LENGTH));
    cache.add("one more", token(1));

    assertThat(has("session-0")).isFalse();
    assertThat(has("session-2")).isTrue();
    assertThat(has("fits")).isTrue();
    assertThat(has("one more")).isTrue();
  }

  @Test
  void sessionsThatHaveEndedMakeSpaceForOthers() {
    int fitting = IdTokenCache.MAX_TOTAL / IdTokenCache.MAX_LENGTH;
    cache.add("old", token(IdTokenCache.MAX_LENGTH));
    clock.advance(MAX_AGE.plusMillis(1));
    cache.add("young", token(IdTokenCache.MAX_LENGTH));
    for (int i = 0; i < fitting - 1; i++) {
      cache.add("session-" + i, token(IdTokenCache.MAX_LENGTH));
    }

    assertThat(has("young")).isTrue();
  }
}
