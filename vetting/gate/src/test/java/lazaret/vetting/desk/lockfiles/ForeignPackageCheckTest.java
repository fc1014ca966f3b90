package lazaret.vetting.desk.lockfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.lockfiles.LockfileReport.Line;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.rules.Rulebook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForeignPackageCheckTest {
  private static final String URL = "https://git.example/tool";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static LockedPackage locked(String name, String version) {
    return Lockfile.parse(
            Bytes.utf8(
                """
                version = 4

                [[package]]
                name = "%s"
                version = "%s"
                source = "git+%s#%s"
                """
                    .formatted(name, version, URL, COMMIT)))
        .packages()
        .getFirst();
  }

  private Line check(LockedPackage locked, Advisory... known) {
    FeedInfo info =
        new FeedInfo(
            "test", FeedFormat.OSV, "test", GateFixture.START, LocalDate.parse("2026-11-01"), 1, 0);
    AdvisorySet advisories = AdvisorySet.of(List.of(new Feed(info, List.of(known))));
    Rulebook rulebook = Rulebook.of(Policy.DEFAULT).with(advisories);
    return new ForeignPackageCheck(fixture.parts, rulebook).check(locked, "comes from git");
  }

  /// Returns a record about `tool` before 2.0.0.
  private static Advisory advisory(AdvisoryKind kind, Severity severity) {
    return new Advisory(
        "RUSTSEC-2026-0001",
        "test",
        List.of(),
        CrateName.parse("tool"),
        kind,
        new SeverityRating(severity, null, null),
        "a title",
        null,
        null,
        false,
        new AffectedVersions(
            List.of(new VersionRange(null, CrateVersion.parse("2.0.0"))), new TreeSet<>()),
        Advisory.Scope.ALL,
        false,
        List.of());
  }

  private void store(GitSourceState state) {
    Sha256 digest = Sha256.of(Bytes.utf8("tree"));
    GitSource source =
        new GitSource(
            URL,
            COMMIT,
            COMMIT,
            digest,
            digest,
            4,
            List.of(
                new GitSourcePackage("tool", "1.0.0", "", digest, List.of()),
                new GitSourcePackage("tool", "2.0.0", "two", digest, List.of())),
            GateFixture.START,
            "ada",
            state,
            state == GitSourceState.WAITING
                ? null
                : new GitSource.Decided("ada", GateFixture.START, "read"));
    fixture.store.commit(
        Batch.synced(List.of(new Batch.Write.PutDeskRow(GitSourceCodec.row(source)))));
  }

  private static List<Code> codes(Line line) {
    return line.reasons().stream().map(Reason::code).toList();
  }

  @Test
  void approvedCommitsAreServed() {
    store(GitSourceState.APPROVED);

    Line line = check(locked("tool", "1.0.0"));

    assertThat(line.status()).isEqualTo(Status.SERVED);
    assertThat(line.reasons()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = GitSourceState.class,
      names = {"WAITING", "DENIED"})
  void otherCommitsHaveAReasonWithItsCode(GitSourceState state) {
    store(state);

    Line line = check(locked("tool", "1.0.0"));

    assertThat(line.status()).isEqualTo(Status.FOREIGN_SOURCE);
    assertThat(codes(line))
        .containsExactly(
            state == GitSourceState.WAITING
                ? Code.GIT_SOURCE_WAITING
                : Code.GIT_SOURCE_NOT_APPROVED);
  }

  @Test
  void packagesThatNobodyInspectedAreNotApproved() {
    assertThat(codes(check(locked("tool", "1.0.0")))).containsExactly(Code.GIT_SOURCE_NOT_APPROVED);
    store(GitSourceState.APPROVED);

    Line line = check(locked("helper", "1.0.0"));

    assertThat(line.status()).isEqualTo(Status.FOREIGN_SOURCE);
    assertThat(codes(line)).containsExactly(Code.GIT_SOURCE_NOT_APPROVED);
  }

  @Test
  void advisoriesApplyByNameAndVersionAfterAnApproval() {
    store(GitSourceState.APPROVED);
    Advisory malware = advisory(AdvisoryKind.MALWARE, Severity.UNKNOWN);
    Advisory high = advisory(AdvisoryKind.VULNERABILITY, Severity.HIGH);

    assertThat(check(locked("tool", "1.0.0"), malware).status()).isEqualTo(Status.WITHHELD);
    assertThat(codes(check(locked("tool", "1.0.0"), malware))).contains(Code.MALWARE);
    assertThat(check(locked("tool", "1.0.0"), high).status()).isEqualTo(Status.WITHHELD);
    assertThat(codes(check(locked("tool", "1.0.0"), high))).contains(Code.VULNERABLE);
    assertThat(check(locked("tool", "2.0.0"), malware, high).status()).isEqualTo(Status.SERVED);
  }

  @Test
  void advisoriesThatOnlyWarnAreShown() {
    store(GitSourceState.APPROVED);
    Advisory low = advisory(AdvisoryKind.VULNERABILITY, Severity.LOW);

    Line line = check(locked("tool", "1.0.0"), low);

    assertThat(line.status()).isEqualTo(Status.SERVED);
    assertThat(codes(line)).containsExactly(Code.VULNERABLE);
  }
}
