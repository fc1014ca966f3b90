package lazaret.vetting.audit;

import static lazaret.vetting.audit.AuditSamples.BYTES;
import static lazaret.vetting.audit.AuditSamples.OTHERS;
import static lazaret.vetting.audit.AuditSamples.deploy;
import static lazaret.vetting.audit.AuditSamples.local;
import static lazaret.vetting.audit.AuditSamples.own;
import static lazaret.vetting.audit.AuditSamples.sorted;
import static lazaret.vetting.audit.AuditSamples.store;
import static lazaret.vetting.audit.AuditSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditsReader;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

/// The bytes that audits are of, and what our own reading adds to them.
class AuditBytesTest {
  @Test
  void evidenceIsBoundToTheBytesThatWereSeenAtImport() {
    var seen = new ImportedChecksums(new TreeMap<>(java.util.Map.of("a", sorted("1.0.0", BYTES))));
    String peer = "[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'";
    AuditSet set = AuditSet.of(store("[audits]", "", "", peer), seen);

    assertThat(deploy(set, "1.0.0")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(
            set.verdict(
                CrateName.parse("a"),
                CrateVersion.parse("1.0.0"),
                OTHERS,
                List.of("safe-to-deploy")))
        .isEqualTo(new AuditVerdict.OtherBytes(BYTES));
  }

  @Test
  void theDigestChangesWithWhatIsSaidOfTheCrateAlone() {
    String one = "[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'\n";
    AuditSet before = local(one + "[[audits.b]]\ncriteria='safe-to-run'\nversion='1.0.0'");
    AuditSet after = local(one + "[[audits.b]]\ncriteria='safe-to-deploy'\nversion='1.0.0'");

    assertThat(after.digest(CrateName.parse("a"))).isEqualTo(before.digest(CrateName.parse("a")));
    assertThat(after.digest(CrateName.parse("b")))
        .isNotEqualTo(before.digest(CrateName.parse("b")));
    assertThat(after.digest(CrateName.parse("c")))
        .isEqualTo(AuditSet.NONE.digest(CrateName.parse("c")));
  }

  @Test
  void whatWeAndOthersHaveReadBuildsOnEachOther() {
    AuditSet set = local("[[audits.a]]\ncriteria='safe-to-deploy'\nversion='1.0.0'");
    List<AuditEntry> own = List.of(own("1.0.0", "1.1.0", "safe-to-deploy", "ours"));

    assertThat(with(set, "1.1.0", own, "safe-to-run")).isInstanceOf(AuditVerdict.Fully.class);
    assertThat(with(set, "1.1.0", own, "ours"))
        .isEqualTo(new AuditVerdict.NotVetted(List.of("ours")));
    assertThat(deploy(set, "1.1.0")).isInstanceOf(AuditVerdict.NotVetted.class);
  }

  @Test
  void ourOwnWordCountsWhereTheAuditsAreOfOtherBytes() {
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    seen.put("a", sorted("1.0.0", OTHERS));
    AuditSet set =
        AuditSet.of(
            VetStore.of(
                AuditsReader.read(
                    Bytes.utf8("[[audits.a]]\ncriteria='safe-to-run'\nversion='1.0.0'")),
                new TreeMap<>()),
            new ImportedChecksums(seen));

    assertThat(with(set, "1.0.0", List.of(), "safe-to-run"))
        .isEqualTo(new AuditVerdict.OtherBytes(OTHERS));
    assertThat(with(set, "1.0.0", List.of(own(null, "1.0.0", "safe-to-run")), "safe-to-run"))
        .isInstanceOf(AuditVerdict.Fully.class);
  }
}
