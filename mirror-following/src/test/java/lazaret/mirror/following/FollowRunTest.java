package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowRunTest {
  @TempDir Path folder;
  private FollowFixture scene;

  @BeforeEach
  void open() {
    scene = new FollowFixture(FollowFixture.settings(FollowMode.LOCKFILES), folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /// Replaces the scene by one with other limits.
  private void limit(FollowSettings.Limits limits, FollowMode mode) {
    scene.close();
    scene = new FollowFixture(FollowFixture.settings(mode, limits, List.of()), folder);
  }

  private void known(int count) {
    for (int i = 0; i < count; i++) {
      scene.known("crate-" + (char) ('a' + i));
    }
  }

  private static Fetched.Received file(String text) {
    return new Fetched.Received(Bytes.utf8(text), Validators.NONE, text.length());
  }

  @Test
  void theFirstRoundConfirmsKnownCratesOnce() throws InterruptedException {
    scene.known("alpha");
    scene.release("alpha", "1.1.0");
    scene.start();
    Instant started = scene.now();
    int before = scene.indexRequests();

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
    assertThat(scene.hasLine("alpha", "1.1.0")).isTrue();
    assertThat(scene.status().reply().gap()).isFalse();
    assertThat(scene.status().reply().currentUntil()).isEqualTo(started);

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
    assertThat(scene.status().reply().currentUntil())
        .isEqualTo(started.plus(FollowFixture.INTERVAL));
  }

  @Test
  void newReleasesOfKnownCratesAreRequestedAtTheNextRound() throws InterruptedException {
    scene.known("alpha");
    scene.known("beta");
    scene.start();
    scene.round();
    int before = scene.indexRequests();
    scene.release("alpha", "1.1.0");
    scene.release("stranger", "1.0.0");
    scene.files.announce("alpha", "1.1.0", scene.now());
    scene.files.announce("stranger", "1.0.0", scene.now());

    scene.round();

    assertThat(scene.hasLine("alpha", "1.1.0")).isTrue();
    assertThat(scene.isKnown("stranger")).isFalse();
    assertThat(scene.indexRequests()).isEqualTo(before + 1);

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
  }

  @Test
  void allModeAddsAnnouncedCrates() throws InterruptedException {
    limit(new FollowSettings.Limits(1, 0, 0, 1), FollowMode.ALL);
    scene.start();
    scene.round();
    scene.release("updated", "1.0.1");
    scene.release("new", "1.0.0");
    scene.files.announce("updated", "1.0.1", scene.now());
    scene.files.announceNew("new", scene.now());

    scene.round();

    assertThat(scene.isKnown("updated")).isTrue();
    assertThat(scene.isKnown("new")).isTrue();
  }

  @Test
  void aReleaseThatTheIndexStillLacksStaysOpen() throws InterruptedException {
    scene.known("alpha");
    scene.start();
    scene.round();
    Instant published = scene.now().minusSeconds(60);
    scene.files.announce("alpha", "1.1.0", published);

    scene.round();

    assertThat(scene.status().reply().currentUntil()).isEqualTo(published);

    scene.release("alpha", "1.1.0");
    Instant later = scene.now();
    scene.round();

    assertThat(scene.hasLine("alpha", "1.1.0")).isTrue();
    assertThat(scene.status().reply().currentUntil()).isEqualTo(later);
  }

  @Test
  void aReleaseThatNeverArrivesIsSettledAfterAWhile() throws InterruptedException {
    scene.known("alpha");
    scene.start();
    scene.round();
    scene.files.announce("alpha", "1.1.0", scene.now());
    for (int rounds = 0; rounds < 4; rounds++) {
      scene.round();
    }
    int before = scene.indexRequests();
    Instant now = scene.now();

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
    assertThat(scene.status().reply().currentUntil()).isEqualTo(now);
  }

  @Test
  void aCrateThatUpstreamNeverConfirmsCausesNoGap() throws InterruptedException {
    known(3);
    scene.start();
    scene.round();
    scene.gate.upstream.silentAbout = "crate-a";
    scene.files.announce("crate-a", "1.1.0", scene.now());
    for (int rounds = 0; rounds < 3; rounds++) {
      scene.round();
    }
    Instant later = scene.now();
    scene.files.announce("stranger", "1.0.0", later);
    scene.round();
    assertThat(scene.status().reply().currentUntil()).isEqualTo(later);
    int before = scene.indexRequests();
    scene.gate.clock.advance(Duration.ofMinutes(30));
    scene.files.forget();
    scene.files.announce("stranger", "1.0.0", later);

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  @Test
  void aReleaseStaysOpenWhileUpstreamIsDown() throws InterruptedException {
    known(3);
    scene.start();
    scene.round();
    scene.gate.upstream.down = true;
    Instant published = scene.now();
    scene.files.announce("crate-a", "1.1.0", published);
    for (int rounds = 0; rounds < 5; rounds++) {
      scene.round();
    }

    assertThat(scene.status().reply().currentUntil()).isEqualTo(published);
  }

  @Test
  void missedAnnouncementsAreAGapInWhichKnownCratesAreConfirmed() throws InterruptedException {
    scene.known("alpha");
    scene.known("beta");
    scene.start();
    scene.round();
    scene.files.announce("alpha", "1.0.0", scene.now());
    scene.round();
    int before = scene.indexRequests();
    scene.gate.clock.advance(Duration.ofHours(2));
    scene.release("beta", "1.1.0");
    scene.files.forget();
    scene.files.announce("alpha", "1.0.0", scene.now());

    scene.round();

    assertThat(scene.hasLine("beta", "1.1.0")).isTrue();
    assertThat(scene.indexRequests()).isEqualTo(before + 2);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  @Test
  void feedsThatWereNeverReadBeforeLeaveAGap() throws InterruptedException {
    known(2);
    scene.start();
    Fetched refused = new Fetched.Failed("its source returned 403", null);
    scene.files.instead(RegistryFiles.UPDATES, refused);
    scene.round();
    assertThat(scene.status().reply().gap()).isFalse();
    assertThat(scene.status().reply().currentUntil()).isNull();
    scene.gate.clock.advance(Duration.ofDays(2));
    scene.release("crate-b", "1.1.0");
    scene.gate.clock.advance(Duration.ofDays(1));
    scene.files.instead(RegistryFiles.UPDATES, null);
    scene.files.announce("crate-a", "1.0.0", scene.now().minusSeconds(60));
    int before = scene.indexRequests();

    scene.round();

    assertThat(scene.hasLine("crate-b", "1.1.0")).isTrue();
    assertThat(scene.indexRequests()).isEqualTo(before + 2);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  @Test
  void aFirstFeedWithoutReleasesLeavesAGap() throws InterruptedException {
    known(2);
    scene.start();
    scene.files.instead(RegistryFiles.UPDATES, new Fetched.Failed("its source returned 403", null));
    scene.round();
    scene.gate.clock.advance(Duration.ofDays(3));
    scene.files.instead(RegistryFiles.UPDATES, null);
    int before = scene.indexRequests();

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 2);
  }

  @Test
  void aFeedThatGoesBackFarEnoughLeavesNoGap() throws InterruptedException {
    scene.known("alpha");
    scene.known("beta");
    scene.start();
    scene.round();
    scene.files.announce("stranger", "1.0.0", scene.now());
    scene.round();
    int before = scene.indexRequests();
    scene.gate.clock.advance(Duration.ofHours(2));
    scene.files.announce("stranger", "1.0.1", scene.now());

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
  }

  @Test
  void aDateOfTheFutureHidesNoGap() throws InterruptedException {
    scene.known("alpha");
    scene.start();
    scene.round();
    scene.files.announce("stranger", "1.0.0", Instant.parse("2100-01-01T00:00:00Z"));
    scene.round();
    int before = scene.indexRequests();
    scene.gate.clock.advance(Duration.ofHours(2));
    scene.files.forget();
    scene.files.announce("stranger", "1.0.1", scene.now());

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
  }

  @Test
  void aWalkThatIsKilledConfirmsEachCrateOnce() throws InterruptedException {
    known(6);
    scene.start();
    int before = scene.indexRequests();
    // The request for the dump comes before those for index files.
    scene.killAt(5);

    assertThatThrownBy(scene::round).isInstanceOf(InterruptedException.class);
    assertThat(scene.indexRequests()).isEqualTo(before + 3);

    scene.start();
    assertThat(scene.status().reply().gap()).isTrue();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 6);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  @Test
  void aRestartForgetsNoCrateThatUpstreamDidNotConfirm() throws InterruptedException {
    known(3);
    scene.start();
    scene.gate.upstream.down = true;
    scene.round();
    scene.gate.upstream.down = false;
    storeWalkedTo("crate_b");
    int before = scene.indexRequests();

    scene.start();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 3);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  @Test
  void aNodeThatLeadsAgainForgetsNoFailureOfAnother() throws InterruptedException {
    known(3);
    scene.start();
    scene.gate.upstream.down = true;
    scene.round();
    scene.run().end();
    scene.gate.upstream.down = false;
    storeWalkedTo("crate_b");
    int before = scene.indexRequests();

    scene.run().begin();
    scene.gate.clock.advance(FollowFixture.INTERVAL);
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 3);
    assertThat(scene.status().reply().gap()).isFalse();
  }

  /// Stores that the gap was walked in part by another process.
  private void storeWalkedTo(String key) {
    FollowState before =
        FollowState.parse(scene.gate.store.meta(MetaKey.FOLLOW_STATE).orElseThrow().text());
    FollowState after = before.with(new FollowState.Gap(before.gap().since(), key));
    Write write = new Write.PutMeta(MetaKey.FOLLOW_STATE, Bytes.utf8(after.text()));
    var _ = scene.gate.store.commit(Batch.relaxed(List.of(write)));
  }

  @Test
  void aRestartWithoutAGapConfirmsNothingAgain() throws InterruptedException {
    known(3);
    scene.start();
    scene.files.announce("crate-a", "1.0.0", scene.now());
    scene.round();
    int before = scene.indexRequests();

    scene.start();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
  }

  @Test
  void requestsKeepToTheirRate() throws InterruptedException {
    known(10);
    scene.start();

    // A feed, the dump, and ten index files: the first of twelve waits for nothing.
    assertThat(scene.timed()).isEqualTo(Duration.ofSeconds(11));
    assertThat(scene.status().counts().requests()).isEqualTo(12);
  }

  @Test
  void bytesOfADayAreNotExceeded() throws InterruptedException {
    limit(new FollowSettings.Limits(1, 3_000, 0, 1), FollowMode.LOCKFILES);
    known(12);
    scene.start();
    int before = scene.indexRequests();

    scene.round();

    assertThat(scene.indexRequests() - before).isBetween(1, 8);
    assertThat(scene.status().reply().gap()).isTrue();
    assertThat(scene.status().reply().bytesLeft()).isZero();

    for (int days = 0; days < 12 && scene.status().reply().gap(); days++) {
      scene.gate.clock.advance(Duration.ofDays(1));
      scene.round();
    }

    assertThat(scene.status().reply().gap()).isFalse();
    assertThat(scene.indexRequests()).isEqualTo(before + 12);
  }

  @Test
  void aRestartKeepsTheUseOfTheDay() throws InterruptedException {
    limit(new FollowSettings.Limits(1, 3_000, 0, 1), FollowMode.LOCKFILES);
    known(12);
    scene.start();
    scene.round();
    int before = scene.indexRequests();

    scene.start();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
  }

  @Test
  void aPauseThatUpstreamAsksForIsObserved() throws InterruptedException {
    known(1);
    scene.start();
    scene.files.instead(
        RegistryFiles.UPDATES,
        new Fetched.Failed("its source returned 503", Duration.ofMinutes(2)));

    assertThat(scene.timed()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(scene.status().reply().trouble()).contains("rss/updates.xml", "503");

    scene.files.instead(RegistryFiles.UPDATES, null);
    scene.round();

    assertThat(scene.status().counts().failures()).isPositive();
    assertThat(String.valueOf(scene.status().reply().trouble())).doesNotContain("rss");
  }

  @Test
  void anUpstreamThatIsDownGetsFewRequests() throws InterruptedException {
    known(20);
    scene.start();
    int before = scene.indexRequests();
    scene.gate.upstream.down = true;

    for (int rounds = 0; rounds < 5; rounds++) {
      scene.round();
    }

    assertThat(scene.indexRequests() - before).isBetween(8, 14);
    assertThat(scene.status().reply().gap()).isTrue();
    assertThat(scene.status().reply().trouble()).contains("upstream");

    scene.gate.upstream.down = false;
    int until = scene.indexRequests();
    for (int rounds = 0; rounds < 5 && scene.status().reply().gap(); rounds++) {
      scene.round();
    }

    assertThat(scene.status().reply().gap()).isFalse();
    assertThat(scene.indexRequests()).isEqualTo(until + 20);
  }

  @Test
  void anUpstreamThatIsDownCanAskForAnHourAtMost() {
    FollowContext parts = scene.context();
    FollowMeters meters = new FollowMeters();
    FollowBudget budget = new FollowBudget(parts.settings().limits(), parts.time(), meters);
    var refresher = new FollowedIndexRefresher(parts, budget, meters);
    for (int failures = 0; failures < 8; failures++) {
      refresher.failed("upstream answered 503", Duration.ofDays(1));
    }
    assertThat(refresher.isDown()).isTrue();

    scene.gate.clock.advance(Duration.ofHours(1));

    assertThat(refresher.isDown()).isFalse();
  }

  @Test
  void feedsThatCannotBeReadChangeNothing() throws InterruptedException {
    known(1);
    scene.start();
    scene.round();
    Instant current = scene.status().reply().currentUntil();
    for (String text : List.of("", "<html/>", "<rss", "<!DOCTYPE rss><rss/>")) {
      scene.files.instead(RegistryFiles.UPDATES, file(text));
      scene.round();

      assertThat(scene.status().reply().trouble()).as(text).contains("rss/updates.xml");
      assertThat(scene.status().reply().currentUntil()).as(text).isEqualTo(current);
    }
  }

  @Test
  void theAgeShowsThatNothingWasFollowedForALongTime() throws InterruptedException {
    known(1);
    scene.start();
    scene.round();
    assertThat(scene.status().isLate(scene.now())).isFalse();

    Instant later = scene.now().plus(Duration.ofHours(3));

    assertThat(scene.status().isLate(later)).isTrue();
    assertThat(FollowStatus.OFF.isLate(later)).isFalse();
  }

  @Test
  void aDamagedStateBeginsAgain() throws InterruptedException {
    known(2);
    scene.start();
    scene.round();
    int before = scene.indexRequests();
    Write damaged = new Write.PutMeta(MetaKey.FOLLOW_STATE, Bytes.utf8("follow 9\n"));
    var _ = scene.gate.store.commit(Batch.relaxed(List.of(damaged)));

    scene.start();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 2);
  }

  @Test
  void theFilesAreClosedWithTheRun() {
    scene.start();
    scene.run().end();
    scene.run().close();

    assertThat(scene.files.isClosed()).isTrue();
  }
}
