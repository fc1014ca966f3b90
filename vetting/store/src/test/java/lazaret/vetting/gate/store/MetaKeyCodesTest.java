package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The names of small values, which stores out there hold and may never change.
class MetaKeyCodesTest {
  @Test
  void codesStay() {
    assertThat(Stream.of(MetaKey.values()).map(MetaKey::code))
        .containsExactlyInAnyOrder(
            "audits",
            "audits/",
            "bundle.advisories",
            "bundle.advisories-made",
            "bundle.clock-floor",
            "bundle.import",
            "bundle.revocations",
            "bundle.stream",
            "bundle.sweep",
            "bundle.trust.",
            "bundle.version",
            "bundle.waivers",
            "conversion",
            "detonation/",
            "feeds.rejudge",
            "follow.state",
            "name-alarms.reached",
            "policy.generation",
            "public-names/",
            "removals",
            "rescan.done",
            "rescan.reached",
            "retention.dropped",
            "retention.followed",
            "retention.ran",
            "retention.rules",
            "rulings.since",
            "scrub.reached",
            "snapshot.gaps",
            "snapshot.head",
            "snapshot.next",
            "token-ids-used/",
            "tokens-revoked",
            "webhook.");
  }

  @Test
  void aPrefixNamesManyValues() {
    assertThat(MetaKey.AUDITS_PREFIX.named("peer")).isEqualTo("audits/peer");
  }
}
