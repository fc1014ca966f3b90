package lazaret.bundle.trust;

import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.Roles;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks on the roots, versions and times of a bundle, numbers 13 to 24 of our list without 23.
/// Each is refused with its code, and changes nothing that is trusted but verified roots.
class TrustAttacksTest extends TrustAttackScene {
  @Test
  void anHonestBundleIsAcceptedAndSoIsTheNext() {
    assertThat(accepts().policy().stream().name()).isEqualTo("prod");
    publishNext();

    assertThat(accepts().targets().version()).isEqualTo(2);
    assertThat(accepts().candidates()).containsOnlyKeys("targets", "snapshot", "timestamp");
  }

  @Test
  @Attack(13)
  void attack13ARootIsMissing() {
    accepts();
    stream.nextRoot(stream.plan, "ann", "ben");
    stream.files.remove("2.root.json");
    stream.nextRoot(stream.plan, "ann", "ben");

    refuses(BundleCode.ROOT_VERSION_GAP);
  }

  @Test
  @Attack(14)
  void attack14ARootThatOnlyOneSideSigned() {
    RootPlan thieves =
        TestStream.plan(
            List.of(TestStream.pair("eve"), TestStream.pair("mal"), stream.people.get("host")),
            java.util.Set.of("eve", "mal"),
            2,
            "host");
    accepts();
    stream.nextRoot(thieves, "eve", "mal");
    refuses(BundleCode.ROOT_CHAIN_BROKEN);

    stream.sign(Roles.ROOT, stream.keys("ann", "ben"));
    stream.publishRoot();
    refuses(BundleCode.ROOT_CHAIN_BROKEN);
  }

  @Test
  @Attack(15)
  void attack15TheNameOfARootIsNotItsVersion() {
    accepts();
    stream.root = stream.plan.root(3);
    stream.put("2.root.json", stream.root, Roles.ROOT);

    refuses(BundleCode.METADATA_VERSION_MISMATCH);
  }

  @Test
  @Attack(16)
  void attack16OlderMetadata() {
    stream.versions(5, 5, 5);
    stream.publish();
    accepts();

    stream.versions(5, 5, 4);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
    stream.versions(5, 4, 6);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
    stream.versions(4, 6, 6);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(16)
  void attack16AnOlderRoot() {
    stream.nextRoot(stream.plan, "ann", "ben");
    accepts();
    stream.files.remove("2.root.json");

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(17)
  void attack17TheSameVersionWithOtherContent() {
    accepts();
    stream.targets =
        new Metadata.Targets(
            1,
            stream.targets.expires(),
            Map.of("bundle.json", TestStream.file("other")),
            stream.targets.delegations());
    stream.publish();
    refuses(BundleCode.METADATA_CONTENT_CHANGED);

    stream.versions(1, 2, 2);
    stream.publish();
    refuses(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  @Attack(17)
  void attack17TheTrustedRootWithOtherContent() {
    accepts();
    stream.root = stream.plan.until(NOW.plus(Duration.ofDays(500))).root(1);
    stream.publishRoot();

    refuses(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  void moreSignaturesAreNotOtherContent() {
    accepts();
    stream.sign(Roles.TARGETS, stream.keys("ann", "ben", "cem"));
    stream.versions(1, 2, 2);
    stream.publish();

    assertThat(accepts().targets().version()).isEqualTo(1);
  }

  @Test
  @Attack(18)
  void attack18ARoleIsDroppedFromTheSnapshot() {
    Metadata.MetaFile own = stream.meta(1, ONE);
    stream.publishSnapshot(Map.of("targets.json", own, "advisories.json", own));
    accepts();
    publishNext();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(19)
  void attack19TargetsOfAnotherBundle() {
    Bytes snapshot = stream.files.getOrDefault("1.snapshot.json", Bytes.EMPTY);
    Bytes timestamp = stream.files.getOrDefault("timestamp.json", Bytes.EMPTY);
    stream.targets =
        new Metadata.Targets(1, stream.targets.expires(), Map.of(), stream.targets.delegations());
    stream.publish();
    stream.files.put("1.snapshot.json", snapshot);
    stream.files.put("timestamp.json", timestamp);

    refuses(BundleCode.METADATA_HASH_MISMATCH);
  }

  @Test
  @Attack(20)
  void attack20ARootAsTargets() {
    stream.put(ONE, stream.root, Roles.ROOT);
    stream.publishSnapshot(Map.of("targets.json", stream.meta(1, ONE)));

    refuses(BundleCode.METADATA_TYPE_MISMATCH);
  }

  @Test
  @Attack(21)
  void attack21WhatHasExpired() {
    clock = Clock.fixed(NOW.plus(Duration.ofDays(41)), ZoneOffset.UTC);
    refuses(BundleCode.METADATA_EXPIRED);

    clock = Clock.fixed(NOW.plus(Duration.ofDays(1_001)), ZoneOffset.UTC);
    refuses(BundleCode.METADATA_EXPIRED);
  }

  @Test
  @Attack(21)
  void attack21TargetsThatExpiredWhileTheRestWasRenewed() {
    stream.targets =
        new Metadata.Targets(
            1, NOW.minusSeconds(1), stream.targets.targets(), stream.targets.delegations());
    stream.publish();

    refuses(BundleCode.METADATA_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T23:59:59Z", "2027-11-26T00:00:00Z"})
  @Attack(21)
  void attack21WhatExpiresTooLate(String moment) {
    stream.targets =
        new Metadata.Targets(
            1, Instant.parse(moment), stream.targets.targets(), stream.targets.delegations());
    stream.publish();

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  @Attack(21)
  void attack21AMomentThatIsNotUtc() {
    stream.edit("timestamp.json", "2027-01-03T12:00:00Z", "2027-01-03T12:00:00+02:00");

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  @Attack(22)
  void attack22TheClockIsSetBack() {
    Instant floor = NOW.plus(Duration.ofDays(50));

    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> ClockFloor.over(clock, floor));

    assertThat(refusal.reason()).isEqualTo(BundleCode.CLOCK_BEHIND);
    clock = ClockFloor.over(Clock.fixed(floor.minusSeconds(3_600), ZoneOffset.UTC), floor);
    assertThat(clock.instant()).isEqualTo(floor);
    refuses(BundleCode.METADATA_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"twice", "NaN", "float", "BOM", "trailing", "deep", "control", "not ASCII"})
  @Attack(24)
  void attack24WhatTwoReadersSeeDifferently(String how) {
    String name = "timestamp.json";
    switch (how) {
      case "twice" -> stream.edit(name, "\"version\":1}", "\"version\":1,\"version\":2}");
      case "NaN" -> stream.edit(name, "\"version\":1}", "\"version\":NaN}");
      case "float" -> stream.edit(name, "\"version\":1}", "\"version\":1.0}");
      case "BOM" -> stream.files.put(name, Bytes.utf8("\uFEFF" + stream.text(name)));
      case "trailing" -> stream.files.put(name, Bytes.utf8(stream.text(name) + "{}"));
      case "deep" -> stream.files.put(name, Bytes.utf8("[".repeat(10_000) + "]".repeat(10_000)));
      case "control" -> stream.edit(name, "\"timestamp\"", "\"time\u0000stamp\"");
      default -> {
        stream.targets =
            new Metadata.Targets(
                1,
                stream.targets.expires(),
                Map.of("b\u00fcndel.json", TestStream.file("{}")),
                stream.targets.delegations());
        stream.publish();
      }
    }

    refuses(BundleCode.METADATA_MALFORMED);
  }
}
