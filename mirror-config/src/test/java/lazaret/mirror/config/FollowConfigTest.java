package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.mirror.following.FollowSettings;
import lazaret.vetting.deskapi.store.FollowMode;
import org.junit.jupiter.api.Test;

class FollowConfigTest {
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  private FollowSettings read() {
    return MirrorConfig.read(List.of(), environment).follow();
  }

  private void refuses(String... texts) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e.mistakes()).hasSize(texts.length);
              for (String text : texts) {
                assertThat(e.mistakes()).anyMatch(mistake -> mistake.toString().contains(text));
              }
            });
  }

  @Test
  void followsNothingByDefault() {
    assertThat(read().follows()).isFalse();
    assertThat(read().source()).isNull();
  }

  @Test
  void followsThePublicRegistryWithAContact() {
    environment.put("LAZARET_FOLLOW_MODE", "top");
    environment.put("LAZARET_FETCH_CONTACT", "ops@example.org");
    environment.put("LAZARET_FOLLOW_LOCKFILES", "/srv/projects,https://example.org/Cargo.lock");

    FollowSettings settings = read();

    assertThat(settings.mode()).isEqualTo(FollowMode.TOP);
    assertThat(settings.source()).isEqualTo(URI.create("https://static.crates.io/"));
    assertThat(settings.dump()).isTrue();
    assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.limits())
        .isEqualTo(new FollowSettings.Limits(20, 20L << 30, 100L << 30, 4));
    assertThat(settings.lockfiles())
        .containsExactly("/srv/projects", "https://example.org/Cargo.lock");
  }

  @Test
  void usesAtMostThreeEighthsOfTheLimitsOfUpstream() {
    environment.put("LAZARET_FETCH_REQUESTS_PER_SECOND", "2");
    environment.put("LAZARET_FETCH_BYTES_PER_DAY", "16GiB");
    assertThat(read().limits()).isEqualTo(new FollowSettings.Limits(0.75, 6L << 30, 100L << 30, 4));

    environment.put("LAZARET_FOLLOW_BYTES_PER_DAY", "0");
    assertThat(read().limits().bytesPerDay()).isEqualTo(6L << 30);

    environment.put("LAZARET_FETCH_REQUESTS_PER_SECOND", "0");
    environment.put("LAZARET_FETCH_BYTES_PER_DAY", "0");
    assertThat(read().limits()).isEqualTo(new FollowSettings.Limits(20, 0, 100L << 30, 4));
  }

  @Test
  void followsAnotherRegistryAtItsSource() {
    environment.put("LAZARET_UPSTREAM", "https://mirror.example.org/index/");
    environment.put("LAZARET_FETCH_CONTACT", "ops@example.org");
    environment.put("LAZARET_FOLLOW_MODE", "all");
    refuses("'follow.mode' needs 'follow.source'");

    environment.put("LAZARET_FOLLOW_SOURCE", "https://mirror.example.org/files");
    assertThat(read().source()).isEqualTo(URI.create("https://mirror.example.org/files/"));

    environment.put("LAZARET_FOLLOW_SOURCE", "https://user@mirror.example.org/files");
    refuses("'follow.mode' needs 'follow.source'");
  }

  @Test
  void refusesToFollowWithoutContactOrWithImpoliteLimits() {
    environment.put("LAZARET_FOLLOW_MODE", "lockfiles");
    environment.put("LAZARET_FOLLOW_INTERVAL", "1h");
    environment.put("LAZARET_FOLLOW_BYTES_PER_DAY", "1GiB");
    environment.put("LAZARET_FOLLOW_LOCKFILES", "projects");

    refuses(
        "'follow.mode' needs 'fetch.contact'",
        "'follow.interval' must be 1m to 45m",
        "'follow.bytes-per-day' must be at least 4GiB",
        "'follow.lockfiles' has 'projects'");
  }

  @Test
  void refusesToSendRequestsWithoutALimit() {
    environment.put("LAZARET_FOLLOW_REQUESTS_PER_SECOND", "0");

    refuses("expected a number from 1 to 1000");
  }

  @Test
  void refusesToFollowAFolderOrNothing() {
    environment.put("LAZARET_FOLLOW_MODE", "lockfiles");
    environment.put("LAZARET_FETCH_CONTACT", "ops@example.org");
    environment.put("LAZARET_UPSTREAM", "/");
    environment.put("LAZARET_OFFLINE", "true");

    refuses("'offline' is set", "'upstream' is a folder");
  }
}
