package lazaret.vetting.reading;

import static lazaret.vetting.reading.ReadingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.AuditLookup;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VettedVersionsTest {
  private static final String SHELL =
      "fn main() { std::process::Command::new(\"sh\").arg(\"-c\").arg(\"make\"); }\n";

  private final ReadingFixture desk = new ReadingFixture();
  private final CrateId first = desk.publish(crate("1.0.0").buildScript(SHELL));
  private final CrateId second = desk.publish(crate("1.1.0").buildScript(SHELL + "// b\n"));
  private final CrateId third = desk.publish(crate("1.2.0").buildScript(SHELL + "// c\n"));
  private final CrateId fourth = desk.publish(crate("1.3.0").buildScript(SHELL + "// d\n"));

  private final VettedVersions vetted =
      new VettedVersions(
          desk.station.clock,
          desk.station.gate.files(),
          new AuditLookup(
              desk.station.clock, desk.station.gate.files(), desk.station.gate.finder()));

  @AfterEach
  void close() {
    desk.close();
  }

  private DecisionReport certify(String person, CrateId id) {
    return desk.desk.decide(
        new DecisionOrder(
            Decision.Kind.APPROVE,
            List.of(new WantedVersion(id.name(), id.version(), id.cksum(), null)),
            person,
            "read all of it",
            null,
            List.of("safe-to-deploy"),
            List.of()));
  }

  private void importDelta(String from, String to) {
    importAudit("delta = \"%s -> %s\"".formatted(from, to));
  }

  /// Imports an audit of another party.
  ///
  /// @param subject the line of its file that names the version or the difference
  private void importAudit(String subject) {
    String file =
        "[[audits.alpha]]\nwho = \"eve\"\ncriteria = \"safe-to-deploy\"\n%s\n".formatted(subject);
    var _ =
        desk.desk
            .audits()
            .take(
                new AuditImportOrder(
                    "peer",
                    "a file",
                    new AuditImportOrder.Content.Peer(Bytes.utf8(file)),
                    AuditImportOrder.Mapping.PLAIN,
                    Validators.NONE,
                    false),
                "ann");
  }

  @Test
  void nearestVersionIsAuditedOnTopOfAnApproval() {
    assertThat(certify("bob", first).recorded()).hasSize(1);
    assertThat(vetted.nearest(fourth)).contains(first);

    importDelta("1.0.0", "1.1.0");

    assertThat(vetted.nearest(fourth)).contains(second);
    assertThat(vetted.nearest(first)).contains(second);
    assertThat(vetted.contains(second)).isTrue();
    assertThat(vetted.contains(third)).isFalse();
    assertThat(vetted.find(third.name(), third.version())).isEmpty();
  }

  @Test
  void searchOfOneRequestPreparesTheAuditsOfACrateOnce() {
    assertThat(certify("bob", first).recorded()).hasSize(1);
    Predicate<CrateId> search = vetted.search();
    assertThat(search.test(first)).isTrue();
    assertThat(search.test(second)).isFalse();

    importDelta("1.0.0", "1.1.0");

    assertThat(search.test(second)).as("prepared before").isFalse();
    assertThat(vetted.search().test(second)).isTrue();
  }

  @Test
  void auditOnTopOfAnApprovalThatWaitsIsNotVetted() {
    desk.requireTwoPersonsForSignals();
    var _ = desk.prepared(second, "1.0.0");
    assertThat(certify("bob", first).withheld()).as("waits for a second person").hasSize(1);
    importDelta("1.0.0", "1.1.0");

    assertThat(vetted.contains(second)).isFalse();
    assertThat(vetted.nearest(fourth)).isEmpty();

    assertThat(certify("carl", first).withheld()).isEmpty();
    assertThat(vetted.contains(second)).isTrue();
  }

  @Test
  void auditOfOthersCountsNextToAnApprovalThatWaits() {
    desk.requireTwoPersonsForSignals();
    var _ = desk.prepared(first, null);
    importAudit("version = \"1.0.0\"");
    assertThat(vetted.contains(first)).isTrue();

    assertThat(certify("bob", first).recorded()).hasSize(1);

    assertThat(vetted.contains(first)).isTrue();
  }
}
