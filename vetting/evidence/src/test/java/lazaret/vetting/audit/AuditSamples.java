package lazaret.vetting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditEntry;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.AuditsReader;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.ImportsLock;
import lazaret.vetting.audit.files.PeerAudits;
import lazaret.vetting.audit.files.VetConfig;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.audit.files.VetVersion;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// Audit files, and verdicts on versions of the crate `a`.
final class AuditSamples {
  static final Sha256 BYTES = Sha256.of(Bytes.utf8("the bytes"));
  static final Sha256 OTHERS = Sha256.of(Bytes.utf8("others"));

  private AuditSamples() {}

  static AuditEntry own(@Nullable String from, String to, String... criteria) {
    VetVersion version = VetVersion.parse(to);
    return new AuditEntry(
        List.of("ann"),
        List.of(criteria),
        from == null
            ? new AuditKind.Full(version)
            : new AuditKind.Delta(VetVersion.parse(from), version),
        true,
        null,
        List.of());
  }

  static AuditVerdict with(AuditSet set, String version, List<AuditEntry> own, String criterion) {
    return set.verdictWith(
        CrateName.parse("a"), CrateVersion.parse(version), BYTES, own, List.of(criterion));
  }

  static SortedMap<String, Sha256> sorted(String version, Sha256 cksum) {
    var map = new TreeMap<String, Sha256>();
    map.put(version, cksum);
    return map;
  }

  static AuditSet local(String audits) {
    return AuditSet.of(
        VetStore.of(AuditsReader.read(Bytes.utf8(audits)), new TreeMap<>()),
        ImportedChecksums.NONE);
  }

  static VetStore store(String local, String config, String publishers, String peer) {
    var imports = new TreeMap<String, AuditsFile>();
    imports.put(
        "peer",
        PeerAudits.read(Bytes.utf8(peer))
            .translated(Criteria.of(new TreeMap<>()), new TreeMap<>(), Set.of()));
    return new VetStore(
        AuditsReader.read(Bytes.utf8(local)),
        imports,
        VetConfig.read(Bytes.utf8(config)).exemptions(),
        ImportsLock.read(Bytes.utf8(publishers)).publications(),
        new TreeMap<>());
  }

  static String exempt(String version, String criteria) {
    return "[[exemptions.a]]\nversion='%s'\ncriteria='%s'\n".formatted(version, criteria);
  }

  static String publisher(String version, String when, int user) {
    return "[[publisher.a]]\nversion='%s'\nwhen='%s'\nuser-id=%d\nuser-login='u'\n"
        .formatted(version, when, user);
  }

  static List<AuditStep> steps(AuditVerdict verdict) {
    assertThat(verdict).isInstanceOf(AuditVerdict.Fully.class);
    return ((AuditVerdict.Fully) verdict).paths().getFirst().steps();
  }

  static AuditVerdict deploy(AuditSet set, String version) {
    return verdict(set, version, "safe-to-deploy");
  }

  static AuditVerdict run(AuditSet set, String version) {
    return verdict(set, version, "safe-to-run");
  }

  static AuditVerdict verdict(AuditSet set, String version, String... criteria) {
    return set.verdict(CrateName.parse("a"), CrateVersion.parse(version), BYTES, List.of(criteria));
  }
}
