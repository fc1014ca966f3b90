package lazaret.vetting.desk.lockfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The cache of checked lockfiles. A new feed, decision, policy or time shows in the next result,
/// and packages that none of them affects are not evaluated again.
class LockfileAnswerCacheTest {
  private static final String OF_MALWARE =
      """
      [[advisory]]
      id = "ACME-1"
      reason = "steals keys"
      crate = "%s"
      versions = ["%s"]
      """;

  private final GateFixture station = new GateFixture();
  private final List<CrateId> locked = new ArrayList<>();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId lock(CrateId id) {
    locked.add(id);
    return id;
  }

  /// Checks the lockfile, which fetches the index files at the first time, and returns the result
  /// for each package, in its order.
  private List<LockfileReport.Line> lines() {
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (CrateId id : locked) {
      lock.append(
          """

          [[package]]
          name = "%s"
          version = "%s"
          source = "registry+https://github.com/rust-lang/crates.io-index"
          checksum = "%s"
          """
              .formatted(id.name().published(), id.version().text(), id.cksum().hex()));
    }
    return station.desk.verify(Lockfile.parse(Bytes.utf8(lock.toString()))).lines();
  }

  private LockfileReport.Status status() {
    return lines().getFirst().status();
  }

  private List<String> codes() {
    return lines().getFirst().reasons().stream().map(r -> r.code().code()).toList();
  }

  private void arrives(String list) {
    arrives("ban", FeedFormat.LOCAL, station.clock.instant(), list);
  }

  private void arrives(String name, FeedFormat format, Instant asOf, String list) {
    FeedUpdateReport report =
        station
            .desk
            .feeds()
            .accept(
                new FeedService.FeedDelivery(
                    new FeedSource(name, format, name, asOf), Validators.NONE, true, "ann"),
                Bytes.utf8(list));
    assertThat(report).isInstanceOf(FeedUpdateReport.Accepted.class);
  }

  private static String ofBytes(CrateId id) {
    return """
        [[advisory]]
        id = "ACME-2"
        reason = "a dropper"
        sha256 = ["%s"]
        """
        .formatted(id.cksum().hex());
  }

  private static String osv(String crate, String modified) {
    return """
        {"id": "GHSA-1", "modified": "%s", "affected": [
          {"package": {"ecosystem": "crates.io", "name": "%s"}, "versions": ["9.9.9"]}]}
        """
        .formatted(modified, crate);
  }

  @Test
  void checkOfALockfileFetchesTheBaseAgain() {
    station.publish("alpha", "1.0.0", 100);
    CrateId young = lock(station.publish("alpha", "1.0.1", 10));
    station.upstream.withoutBytes = "1.0.0";
    station.download(young);
    assertThat(codes()).containsExactly("base-unavailable");

    station.upstream.withoutBytes = null;
    station.clock.advance(Duration.ofMinutes(2));

    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);
  }

  @Test
  void anAdvisoryOnThePackageShowsAtOnceAndIsGoneAtOnce() {
    lock(station.publish("alpha", "1.0.0", 100));
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);

    arrives(OF_MALWARE.formatted("Alpha", "1.0.0"));

    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
    station.desk.feeds().remove("ban", "ann");
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);
  }

  @Test
  void anAdvisoryOnTheBytesShowsAtOnceAndIsGoneAtOnce() {
    CrateId id = lock(station.publish("alpha", "1.0.0", 100));
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);

    arrives(ofBytes(id));

    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
    station.desk.feeds().remove("ban", "ann");
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);
  }

  @Test
  void anAdvisoryOnTheBytesOfTheVersionToUseInsteadNamesAnotherOne() {
    lock(station.publish("alpha", "1.0.0", 100));
    CrateId next = station.publish("alpha", "1.1.0", 90);
    CrateId last = station.publish("alpha", "1.2.0", 80);
    arrives(OF_MALWARE.formatted("alpha", "=1.0.0"));
    assertThat(lines().getFirst().replacement()).isEqualTo(next.version());

    arrives("more", FeedFormat.LOCAL, station.clock.instant(), ofBytes(next));

    assertThat(lines().getFirst().replacement()).isEqualTo(last.version());
  }

  @Test
  void aDecisionShowsAtOnce() {
    CrateId id = lock(station.publish("alpha", "1.0.0", 100));
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);

    station.decide(Decision.Kind.DENY, id);

    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
    station.decide(Decision.Kind.APPROVE, id);
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);
  }

  @Test
  void aDecisionOnAnotherCrateShowsAtOnceWhereTheVerdictLeansOnIt() {
    station.publish("alpha", "1.0.0", 100);
    lock(
        station.publish(
            CrateBuilder.crate("alpha", "1.0.1")
                .file("src/lib.rs", "")
                .dependency(Dependency.on("carrier", "^0.1")),
            20));
    CrateId carrier = station.publish("carrier", "0.1.0", 100);
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);

    station.decide(Decision.Kind.DENY, carrier);

    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
  }

  @Test
  void anotherPolicyShowsAtOnce() {
    lock(station.publish("alpha", "1.0.0", 100));
    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);

    Duration longer = Duration.ofDays(200);
    station.policy(
        Policy.DEFAULT.withCooldowns(
            new Policy.Cooldowns(true, longer, longer, Policy.FastLane.CLEAN_DELTA)));

    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
  }

  @Test
  void theEndOfAWaitShowsAtOnce() {
    lock(station.publish("alpha", "1.0.0", 2));
    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);

    station.clock.advance(Duration.ofDays(12).minusSeconds(1));
    assertThat(status()).isEqualTo(LockfileReport.Status.WITHHELD);
    station.clock.advance(Duration.ofSeconds(1));

    assertThat(status()).isEqualTo(LockfileReport.Status.SERVED);
  }

  @Test
  void theAgeOfTheFeedsShowsAtOnceAndIsGoneWithANewerFeed() {
    lock(station.publish("alpha", "1.0.0", 100));
    Instant start = station.clock.instant();
    arrives("osv", FeedFormat.OSV, start, osv("other", "2026-11-23T00:00:00Z"));
    station.clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(codes()).doesNotContain("feeds-old");

    station.clock.advance(Duration.ofSeconds(1));

    assertThat(codes()).contains("feeds-old");
    arrives("osv", FeedFormat.OSV, station.clock.instant(), osv("other", "2026-11-23T00:00:00Z"));
    assertThat(codes()).doesNotContain("feeds-old");
  }

  @Test
  void whatAFeedDoesNotTouchIsNotJudgedAgain() {
    lock(station.publish("alpha", "1.0.0", 100));
    CrateId other = lock(station.publish("beta", "1.0.0", 100));
    lines();
    List<LockfileReport.Line> before = lines();

    arrives(OF_MALWARE.formatted("gamma", "1.0.0"));
    arrives("bytes", FeedFormat.LOCAL, station.clock.instant(), ofBytes(other));
    List<LockfileReport.Line> after = lines();

    assertThat(after.getFirst().reasons()).isSameAs(before.getFirst().reasons());
    assertThat(after.getLast().status()).isEqualTo(LockfileReport.Status.WITHHELD);
  }

  @Test
  void remembersVerdictsUnderANewFeedWithoutAnIndexRequest() {
    CrateId bad = lock(station.publish("alpha", "1.0.0", 100));
    lines();
    arrives(ofBytes(station.publish("gamma", "1.0.0", 100)));
    station.decide(Decision.Kind.DENY, bad);
    arrives("more", FeedFormat.LOCAL, station.clock.instant(), ofBytes(bad));
    List<LockfileReport.Line> before = lines();

    assertThat(lines().getFirst().reasons()).isSameAs(before.getFirst().reasons());
  }
}
