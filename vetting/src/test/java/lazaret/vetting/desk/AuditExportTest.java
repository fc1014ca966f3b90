package lazaret.vetting.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.AuditKind;
import lazaret.vetting.audit.AuditsFile;
import lazaret.vetting.audit.AuditsReader;
import lazaret.vetting.audit.VetPrinter;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Decision.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditExportTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void whatStandsOfEachVersionIsOneEntry() {
    AuditsFile file =
        AuditExport.of(
            List.of(
                decision(Kind.DENY, "1.0.0", List.of(), null),
                decision(Kind.APPROVE, "1.0.0", List.of(), null),
                decision(Kind.APPROVE, "1.1.0", List.of("safe-to-run"), "1.0.0"),
                decision(Kind.EXEMPT, "1.2.0", List.of(), null),
                decision(Kind.REVOKE, "1.3.0+b", List.of(), null)));

    assertThat(VetPrinter.print(file).text())
        .isEqualTo(
            """

            # cargo-vet audits file

            [[audits.a]]
            who = "alice"
            criteria = "safe-to-deploy"
            version = "1.0.0"
            notes = "read it"

            [[audits.a]]
            who = "alice"
            criteria = "safe-to-run"
            delta = "1.0.0 -> 1.1.0"
            notes = "read it"

            [[audits.a]]
            who = "alice"
            criteria = "safe-to-run"
            violation = "=1.3.0"
            notes = "read it"
            """);
  }

  @Test
  void ownCriteriaAreDefinedSoThatTheFileIsTaken() {
    AuditsFile file =
        AuditExport.of(List.of(decision(Kind.APPROVE, "1.0.0", List.of("crypto"), null)));

    assertThat(AuditsReader.read(VetPrinter.print(file))).isEqualTo(file);
    assertThat(file.criteria()).containsOnlyKeys("crypto");
  }

  @Test
  void aDifferenceToWhatIsRefusedIsLeftOut() {
    AuditsFile file =
        AuditExport.of(
            List.of(
                decision(Kind.APPROVE, "1.0.0", List.of(), null),
                decision(Kind.APPROVE, "1.1.0", List.of(), "1.0.0"),
                decision(Kind.REVOKE, "1.0.0", List.of(), null)));

    assertThat(file.audits().get("a"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.kind()).isInstanceOf(AuditKind.Violation.class));
  }

  private static Decision decision(
      Kind kind, String version, List<String> criteria, @Nullable String base) {
    return new Decision(
        kind,
        new CrateId(
            CrateName.parse("a"), CrateVersion.parse(version), Sha256.of(Bytes.utf8(version))),
        AT,
        "alice",
        "read it",
        kind == Kind.EXEMPT ? AT.plusSeconds(60) : null,
        criteria,
        List.of(),
        base == null ? null : CrateVersion.parse(base),
        List.of(),
        null);
  }
}
