package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Leader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowServiceTest {
  private static final UpstreamOptions OPTIONS =
      UpstreamOptions.DEFAULTS.withContact("ops@example.org");

  @TempDir Path folder;
  private final GateFixture gate = new GateFixture();

  @AfterEach
  void close() {
    gate.close();
  }

  private FollowService service(FollowMode mode) {
    FollowSettings settings =
        new FollowSettings(
            mode,
            URI.create("http://127.0.0.1:1/"),
            false,
            Duration.ofMinutes(10),
            new FollowSettings.Limits(1, 0, 0, 1),
            List.of(),
            Duration.ofHours(1));
    return new FollowService(gate.gate, gate.store, gate.clock, settings, OPTIONS, folder);
  }

  @Test
  void nothingIsFollowedByDefault() {
    try (FollowService service = service(FollowMode.OFF)) {
      service.start(Leader.ALONE);

      assertThat(service.status()).isEqualTo(FollowStatus.OFF);
      assertThat(service.status().follows()).isFalse();
    }
  }

  @Test
  void theStatusIsKnownBeforeTheWorkBegins() {
    try (FollowService service = service(FollowMode.TOP)) {
      assertThat(service.status().reply().mode()).isEqualTo(FollowMode.TOP);
      assertThat(service.status().begun()).isNull();
      assertThat(service.status().age(gate.clock.instant())).isZero();
    }
  }

  @Test
  void anErrorOfATaskEndsOneAttemptAlone() throws InterruptedException {
    try (FollowFixture scene =
        new FollowFixture(FollowFixture.settings(FollowMode.LOCKFILES), folder)) {
      Leader failing =
          _ -> {
            throw new StackOverflowError("a task");
          };

      assertThat(FollowService.attempt(scene.run(), failing)).isFalse();
    }
  }

  @Test
  void aFailureThatRepeatsCausesFewRequests() {
    Duration pause = Duration.ofSeconds(10);
    for (int failures = 0; failures < 20; failures++) {
      pause = FollowService.afterFailure(pause);
      assertThat(pause).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(10));
    }
    assertThat(pause).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void closingEndsTheWorkAtOnce() {
    FollowService service = service(FollowMode.LOCKFILES);
    service.start(Leader.ALONE);

    service.close();

    assertThat(service.status().reply().phase()).isNull();
  }
}
