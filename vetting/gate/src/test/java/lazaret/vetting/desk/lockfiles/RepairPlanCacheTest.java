package lazaret.vetting.desk.lockfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The cache of repair steps. Every change of what the steps rest on shows in the next request.
class RepairPlanCacheTest {
  private final GateFixture station = new GateFixture();
  private CrateId withheld;
  private CrateId next;
  private CrateId last;

  @BeforeEach
  void publish() {
    withheld = station.publish("alpha", "1.0.0", 100);
    next = station.publish("alpha", "1.1.0", 90);
    last = station.publish("alpha", "1.2.0", 80);
    station.decide(Decision.Kind.DENY, withheld);
  }

  @AfterEach
  void close() {
    station.close();
  }

  private List<RepairStep> steps() {
    Lockfile lock =
        Lockfile.parse(
            Bytes.utf8(
                """
                version = 4

                [[package]]
                name = "alpha"
                version = "1.0.0"
                source = "registry+https://github.com/rust-lang/crates.io-index"
                checksum = "%s"

                [[package]]
                name = "project"
                version = "0.1.0"
                dependencies = ["alpha"]
                """
                    .formatted(withheld.cksum().hex())));
    return station.desk.repairs(
        lock,
        station.desk.verify(lock),
        List.of(WorkspaceRequirement.parse("project\talpha\t\t1").getFirst()));
  }

  private String text() {
    return steps().getFirst().text();
  }

  @Test
  void findsTheStepsOfAnUnchangedGate() {
    var _ = steps();
    List<RepairStep> before = steps();
    station.clock.advance(Duration.ofSeconds(59));

    assertThat(steps()).isNotEmpty().isSameAs(before);
  }

  @Test
  void searchesAgainAfterAMinute() {
    var _ = steps();
    List<RepairStep> before = steps();
    station.clock.advance(Duration.ofMinutes(1));

    assertThat(steps()).isEqualTo(before).isNotSameAs(before);
  }

  @Test
  void searchesAgainAfterADecision() {
    String before = text();

    station.decide(Decision.Kind.DENY, next);
    station.decide(Decision.Kind.DENY, last);

    assertThat(text()).isNotEqualTo(before);
  }

  @Test
  void searchesAgainUnderAnotherPolicy() {
    String before = text();

    Duration longer = Duration.ofDays(95);
    station.policy(
        Policy.DEFAULT.withCooldowns(
            new Policy.Cooldowns(true, longer, longer, Policy.FastLane.CLEAN_DELTA)));

    assertThat(text()).isNotEqualTo(before);
  }
}
