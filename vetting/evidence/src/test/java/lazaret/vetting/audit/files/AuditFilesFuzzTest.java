package lazaret.vetting.audit.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.ImportedChecksums;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class AuditFilesFuzzTest {
  private static final String[] WORDS = {
    "[[audits.a0]]\n",
    "[audits]\n",
    "[criteria.x]\n",
    "[[wildcard-audits.t]]\n",
    "[[trusted.t]]\n",
    "criteria = \"safe-to-run\"\n",
    "implies = [\"x\"]\n",
    "version = \"1.0.0\"\n",
    "delta = \"1.0.0 -> 1.0.1\"\n",
    "violation = \"*\"\n",
    "start = \"2026-02-31\"\n",
    "user-id = 18446744073709551615\n",
    "@git:",
    "->",
    "\"\"\"",
    "'''",
    "\\u0041",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    "\n"
  };

  /// Checks that a printed store is the same after it is read again.
  @Test
  void readsOwnFiles() {
    FuzzHarness.run(
        "audits",
        input -> {
          Bytes once = VetPrinter.print(AuditsReader.read(input));
          assertThat(VetPrinter.print(AuditsReader.read(once)).text()).isEqualTo(once.text());
        },
        WORDS);
  }

  @Test
  void readsAndSearchesPeersFiles() {
    Criteria local = Criteria.of(new TreeMap<>());
    FuzzHarness.run(
        "audits",
        input -> {
          AuditsFile file = PeerAudits.read(input).translated(local, new TreeMap<>(), Set.of("a1"));
          var imports = new TreeMap<String, AuditsFile>();
          imports.put("peer", file);
          AuditSet set =
              AuditSet.of(VetStore.of(AuditsFile.EMPTY, imports), ImportedChecksums.NONE);
          assertThat(
                  set.verdict(
                      CrateName.parse("a0"),
                      CrateVersion.parse("1.0.0"),
                      Sha256.of(input),
                      List.of("safe-to-deploy")))
              .isNotNull();
        },
        WORDS);
  }

  @Test
  void readsConfigurationsAndLocks() {
    FuzzHarness.run(
        "audits",
        input -> {
          Bytes config = VetPrinter.print(VetConfig.read(input));
          assertThat(VetPrinter.print(VetConfig.read(config)).text()).isEqualTo(config.text());
          Bytes lock = VetPrinter.print(ImportsLock.read(input));
          assertThat(VetPrinter.print(ImportsLock.read(lock)).text()).isEqualTo(lock.text());
        },
        WORDS);
  }
}
