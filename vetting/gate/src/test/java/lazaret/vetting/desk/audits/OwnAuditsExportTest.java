package lazaret.vetting.desk.audits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.AuditsReader;
import lazaret.vetting.audit.files.VetPrinter;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Decision.Kind;
import lazaret.vetting.ledger.VersionDecisions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnAuditsExportTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void whatStandsOfEachVersionIsOneEntry() {
    AuditsFile file =
        export(
            List.of(
                decision(Kind.DENY, "1.0.0", List.of(), null),
                decision(Kind.APPROVE, "1.0.0", List.of("safe-to-deploy"), null),
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
    AuditsFile file = export(List.of(decision(Kind.APPROVE, "1.0.0", List.of("crypto"), null)));

    assertThat(AuditsReader.read(VetPrinter.print(file))).isEqualTo(file);
    assertThat(file.criteria()).containsOnlyKeys("crypto");
  }

  @Test
  void aDifferenceToWhatIsRefusedIsLeftOut() {
    AuditsFile file =
        export(
            List.of(
                decision(Kind.APPROVE, "1.0.0", List.of("safe-to-deploy"), null),
                decision(Kind.APPROVE, "1.1.0", List.of("safe-to-deploy"), "1.0.0"),
                decision(Kind.REVOKE, "1.0.0", List.of(), null)));

    assertThat(file.audits().get("a"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.kind()).isInstanceOf(AuditKind.Violation.class));
  }

  @Test
  void anApprovalWithoutCriteriaIsNotExported() {
    AuditsFile file = export(List.of(decision(Kind.APPROVE, "1.0.0", List.of(), null)));

    assertThat(file.audits()).isEmpty();
  }

  @Test
  void anExportNamesAllApproversAndTheirEvidence() {
    AuditsFile file =
        export(
            List.of(
                approval("ann", "read all", List.of("safe-to-deploy"), null, "T-1"),
                approval("bob", "read all, too", List.of("safe-to-deploy"), null, "T-2")));

    assertThat(file.audits().get("a"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.who()).containsExactly("ann", "bob");
              assertThat(entry.notes())
                  .isEqualTo("ann: read all (evidence: T-1); bob: read all, too (evidence: T-2)");
            });
  }

  @Test
  void aSecondPersonWithoutCriteriaConfirmsTheFirstAndSaysSo() {
    AuditsFile file =
        export(
            List.of(
                approval("ann", "the diff", List.of("safe-to-deploy"), "0.9.0", "T-1"),
                approval("bob", "agree", List.of(), null)));

    assertThat(file.audits().get("a"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.who()).containsExactly("ann", "bob");
              assertThat(entry.kind()).isInstanceOf(AuditKind.Delta.class);
              assertThat(entry.notes())
                  .isEqualTo("ann: the diff (evidence: T-1); bob (names no criteria): agree");
            });
  }

  @Test
  void approvalsOfADifferenceAndOfTheWholeAreTwoAudits() {
    AuditsFile file =
        export(
            List.of(
                approval("ann", "the diff", List.of("safe-to-deploy"), "0.9.0"),
                approval("bob", "all of it", List.of("safe-to-run"), null)));

    assertThat(file.audits().get("a"))
        .extracting(entry -> entry.who() + " " + entry.criteria())
        .containsExactly("[ann] [safe-to-deploy]", "[bob] [safe-to-run]");
  }

  private static Decision approval(
      String by, String reason, List<String> criteria, @Nullable String base, String... evidence) {
    return new Decision(
        Kind.APPROVE,
        new CrateId(
            CrateName.parse("a"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8("1.0.0"))),
        AT,
        by,
        reason,
        null,
        criteria,
        List.of(evidence),
        base == null ? null : CrateVersion.parse(base),
        List.of(),
        null);
  }

  private static AuditsFile export(List<Decision> decisions) {
    Map<CrateId, VersionDecisions> decided = new LinkedHashMap<>();
    decisions.forEach(
        decision ->
            decided.merge(
                decision.id(),
                VersionDecisions.NONE.plus(decision),
                (earlier, _) -> earlier.plus(decision)));
    return OwnAuditsExport.of(decided.values(), LineNoteLookup.NONE);
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
