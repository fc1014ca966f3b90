package lazaret.vetting.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Versions that the index does not list: a registry deletes malware, and the victim's lockfile
/// still names it.
class UnlistedVersionTest {
  private static final String DIGEST = "ab".repeat(32);

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private void feed(String... records) {
    FeedOutcome outcome =
        FeedReader.read(
            new FeedSource("ours", null, "test", Instant.parse("2026-11-24T00:00:00Z")),
            Bytes.utf8(String.join("\n", records)));
    assertThat(outcome).isInstanceOf(FeedOutcome.Read.class);
    station.rules.change(
        book -> book.with(AdvisorySet.of(List.of(((FeedOutcome.Read) outcome).feed()))));
  }

  private static String record(String id, String crate, String kind) {
    return """
    [[advisory]]
    id = "%s"
    crate = "%s"
    versions = ["0.3.10"]
    kind = "%s"
    reason = "says so"
    """
        .formatted(id, crate, kind);
  }

  private static String locked(String name, String source, String checksum) {
    return """
    version = 4
    [[package]]
    name = "%s"
    version = "0.3.10"
    source = "%s"
    %s
    """
        .formatted(name, source, checksum.isEmpty() ? "" : "checksum = \"" + checksum + "\"");
  }

  private LockfileReport.Line check(String lock, String... criteria) {
    return station
        .desk
        .verify(Lockfile.parse(Bytes.utf8(lock)), List.of(criteria))
        .lines()
        .getFirst();
  }

  private LockfileReport.Line verify(String name) {
    return check(locked(name, "registry+" + CratesIo.GIT_INDEX, DIGEST));
  }

  private static List<Code> codes(LockfileReport.Line line) {
    return line.reasons().stream().map(Reason::code).collect(Collectors.toList());
  }

  @Test
  void malwareOfACrateThatIsGoneIsMalware() {
    feed(record("OUR-1", "arrayref", "malware"));

    LockfileReport.Line line = verify("arrayref");

    assertThat(line.status()).isEqualTo(Status.WITHHELD);
    assertThat(codes(line)).containsExactly(Code.MALWARE, Code.NOT_LISTED);
    assertThat(line.detail()).contains("no crate 'arrayref'");
  }

  @Test
  void namesAVersionThatPassesForMalwareThatIsGone() {
    station.publish("arrayref", "0.3.9", 100);
    feed(record("OUR-1", "arrayref", "malware"));

    LockfileReport.Line line = verify("arrayref");

    assertThat(line.status()).isEqualTo(Status.WITHHELD);
    assertThat(line.replacement()).hasToString("0.3.9");
  }

  @Test
  void anotherSpellingOfTheNameIsTheSameMalware() {
    station.publish("array-ref", "0.3.10", 100);
    feed(record("OUR-1", "Array-Ref", "malware"));

    assertThat(codes(verify("array_ref"))).contains(Code.MALWARE, Code.NOT_LISTED);
  }

  @Test
  void malwareIsMalwareWhileUpstreamIsDown() {
    feed(record("OUR-1", "arrayref", "malware"));
    station.upstream.down = true;

    assertThat(verify("arrayref").status()).isEqualTo(Status.WITHHELD);
    assertThat(verify("other").status()).isEqualTo(Status.UNAVAILABLE);
  }

  @Test
  void malwareIsMalwareWithoutAChecksumInTheLockfile() {
    feed(record("OUR-1", "arrayref", "malware"));
    String source = "registry+" + CratesIo.GIT_INDEX;

    assertThat(codes(check(locked("arrayref", source, "")))).contains(Code.MALWARE);
    assertThat(check(locked("other", source, "")).status()).isEqualTo(Status.FOREIGN_SOURCE);
  }

  @Test
  void bytesThatAFeedNamesAreMalwareUnderEveryName() {
    feed(
        """
        [[advisory]]
        id = "OUR-2"
        kind = "malware"
        reason = "steals keys"
        sha256 = ["%s"]
        """
            .formatted(DIGEST));

    assertThat(codes(verify("renamed"))).contains(Code.MALWARE);
    assertThat(codes(check(locked("renamed", "registry+https://example.org/index", DIGEST))))
        .containsExactly(Code.MALWARE);
  }

  @Test
  void aLockfileWithOtherBytesNamesTheMalwareAndStaysTampered() {
    station.publish("arrayref", "0.3.10", 100);
    feed(record("OUR-1", "arrayref", "malware"));

    LockfileReport.Line line = verify("arrayref");

    assertThat(line.status()).isEqualTo(Status.TAMPERED);
    assertThat(codes(line)).contains(Code.MALWARE);
  }

  @Test
  void otherAdvisoriesKeepTheirReasons() {
    feed(record("OUR-1", "bad", "vulnerability"), record("OUR-2", "old", "unmaintained"));

    assertThat(verify("bad").status()).isEqualTo(Status.WITHHELD);
    assertThat(codes(verify("bad"))).containsExactly(Code.VULNERABLE, Code.NOT_LISTED);
    assertThat(verify("old").status()).isEqualTo(Status.UNKNOWN);
    assertThat(codes(verify("old"))).containsExactly(Code.UNMAINTAINED);
    assertThat(codes(verify("none"))).isEmpty();
  }

  @Test
  void whatTheIndexDoesNotListIsNotVouchedForEither() {
    feed(record("OUR-1", "arrayref", "malware"));

    assertThat(
            codes(
                check(
                    locked("arrayref", "registry+" + CratesIo.GIT_INDEX, DIGEST),
                    "safe-to-deploy")))
        .containsExactly(Code.MALWARE, Code.CRITERIA_NOT_MET, Code.NOT_LISTED);
  }

  @Test
  void withheldPackageNamesTheMissingAuditsToo() {
    CrateId young = station.publish("alpha", "0.3.10", 1);

    LockfileReport.Line line =
        check(
            locked("alpha", "registry+" + CratesIo.GIT_INDEX, young.cksum().hex()),
            "safe-to-deploy");

    assertThat(line.status()).isEqualTo(Status.WITHHELD);
    assertThat(codes(line)).startsWith(Code.COOLDOWN).contains(Code.CRITERIA_NOT_MET);
  }

  @Test
  void nothingOfItIsServed() {
    feed(record("OUR-1", "arrayref", "malware"));
    CrateId id = GateFixture.missing("arrayref", "0.3.10", station.publish("alpha", "1.0.0", 100));

    assertThat(station.index("arrayref")).startsWith("404");
    assertThat(station.download(id).getClass().getSimpleName()).isEqualTo("Unknown");
    assertThat(station.decide(Decision.Kind.EXEMPT, id).refused()).hasSize(1);
    assertThat(
            station
                .desk
                .unlisted(CrateName.parse("arrayref"), CrateVersion.parse("0.3.10"))
                .verdict())
        .isNotNull();
  }
}
