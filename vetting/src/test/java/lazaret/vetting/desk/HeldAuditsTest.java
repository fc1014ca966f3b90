package lazaret.vetting.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.AuditsFile;
import lazaret.vetting.audit.PeerAudits;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class HeldAuditsTest {
  @Test
  void whatTheStoreKeepsIsReadAsItWas() {
    AuditsFile file =
        PeerAudits.read(
                Bytes.utf8(
                    """
                    [criteria.ours]
                    description = "two parts"
                    [[audits.a]]
                    criteria = ["safe-to-run", "ours"]
                    delta = "1.0.0 -> 1.0.1+b"
                    [[audits.a]]
                    criteria = "safe-to-deploy"
                    violation = ">=2, <3"
                    """))
            .file();
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    var versions = new TreeMap<String, Sha256>();
    versions.put("1.0.1+b", Sha256.of(Bytes.utf8("x")));
    seen.put("a", versions);
    var held = new HeldAudits("a file", Instant.parse("2026-11-24T12:00:00Z"), seen, file);

    HeldAudits read = HeldAudits.decode(held.encode());

    assertThat(read.encode().text()).isEqualTo(held.encode().text());
    assertThat(read.seen()).isEqualTo(seen);
    assertThat(read.file().size()).isEqualTo(2);
  }
}
