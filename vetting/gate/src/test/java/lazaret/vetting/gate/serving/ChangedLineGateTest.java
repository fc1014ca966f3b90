package lazaret.vetting.gate.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rewritten index lines upstream for versions that are stored.
class ChangedLineGateTest {
  private static final Duration TTL = Duration.ofMinutes(11);

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void t15AnApprovedVersionDoesNotGetANewDependency() {
    CrateId victim = station.publish("qzvictim", "1.0.0", 1);
    station.index("qzvictim");
    station.decide(Decision.Kind.APPROVE, victim);
    String before = station.index("qzvictim");
    rewrite();
    for (int i = 0; i < 3; i++) {
      station.clock.advance(TTL);

      assertThat(station.index("qzvictim")).isEqualTo(before).doesNotContain("qzevil");
    }

    DownloadOutcome served = station.download(victim);
    assertThat(served).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(((DownloadOutcome.Served) served).verdict().has(Reason.Code.LINE_CHANGED)).isTrue();
    assertThat(station.notices()).containsExactly(Notice.Kind.LINE_CHANGED);
  }

  @Test
  void t15AVersionPastItsWaitDoesNotGetANewDependency() {
    CrateId victim = station.publish("qzvictim", "1.0.0", 60);
    String before = station.index("qzvictim");
    rewrite();
    station.clock.advance(TTL);

    assertThat(station.index("qzvictim")).isEqualTo(before);
    assertThat(station.download(victim)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.notices()).containsExactly(Notice.Kind.LINE_CHANGED);
  }

  @Test
  void aYoungVersionWhoseLineChangedDoesNotAgeIntoService() {
    station.publish("qzvictim", "0.9.0", 60);
    CrateId victim = station.publish("qzvictim", "1.0.0", 1);
    station.index("qzvictim");
    rewrite();
    station.clock.advance(TTL);
    station.index("qzvictim");
    station.clock.advance(Duration.ofDays(20));

    DownloadOutcome outcome = station.download(victim);

    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(((DownloadOutcome.Withheld) outcome).verdict().reason().code())
        .isEqualTo(Reason.Code.LINE_CHANGED);
  }

  @Test
  void t15AnExtraDependencyAtFirstSightIsHeldAtAnyAge() {
    CrateId victim = station.publish("qzvictim", "1.0.0", 2_000);
    rewrite();
    station.index("qzvictim");

    DownloadOutcome outcome = station.download(victim);

    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    Reason reason = ((DownloadOutcome.Withheld) outcome).verdict().reason();
    assertThat(reason.code()).isEqualTo(Reason.Code.SIGNAL);
    assertThat(reason.detail()).contains("line-mismatch").contains("more: qzevil ^1");
    station.decide(Decision.Kind.APPROVE, victim);
    assertThat(station.download(victim)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void t15WithAgeFromFirstSightACrateThatClaimsToBeOldWaits() {
    Policy.Cooldowns waiting = Policy.Cooldowns.DEFAULT;
    CrateId old = station.publish("qzevil", "1.0.0", 2_000);
    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);

    station.policy(
        Policy.DEFAULT.withCooldowns(
            new Policy.Cooldowns(
                true,
                waiting.cooldown(),
                waiting.buildCooldown(),
                waiting.fastLane(),
                Policy.AgeFrom.FIRST_SIGHT)));

    assertThat(station.index("qzevil")).contains("\"yanked\":true");
    DownloadOutcome held = station.download(old);
    assertThat(((DownloadOutcome.Withheld) held).verdict().reason().code())
        .isEqualTo(Reason.Code.COOLDOWN);
    station.clock.advance(waiting.cooldown().plusMinutes(1));
    assertThat(station.download(old)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(station.index("qzevil")).contains("\"yanked\":false");
  }

  /// Serves the line of 1.0.0 with a dependency on a crate that was never seen and claims to be
  /// from 2021.
  private void rewrite() {
    station.registry.publish(
        CrateBuilder.crate("qzevil", "1.0.0").file("src/lib.rs", ""),
        line -> line.pubtime(Instant.parse("2021-01-01T00:00:00Z")));
    String index = station.registry.index("qz/vi/qzvictim").orElseThrow().text();
    String line = index.lines().filter(l -> l.contains("\"1.0.0\"")).findFirst().orElseThrow();
    String dependency =
        """
        "deps":[{"name":"qzevil","req":"^1","features":[],"optional":false,\
        "default_features":true,"target":null,"kind":"normal"}]\
        """;
    assertThat(line).contains("\"deps\":[]");
    station.registry.line("qzvictim", "1.0.0", line.replace("\"deps\":[]", dependency));
  }
}
