package lazaret.vetting.desk.audits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.PeerAudits;
import lazaret.vetting.audit.files.ProjectAudits;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.Test;

class StoredAuditsTest {
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
    var map = new TreeMap<String, List<String>>();
    map.put("theirs, with a space", List.of("ours", "safe-to-run"));
    var origin =
        new StoredAudits.Origin(
            "https://peer.example/audits.toml",
            Instant.parse("2026-11-24T12:00:00Z"),
            7,
            new AuditImportOrder.Mapping(map, Set.of("b", "c")),
            new Validators("W/\"1\"", null));
    var held = new StoredAudits(origin, seen, file, null);

    StoredAudits read = StoredAudits.decode(held.encode());

    assertThat(read.encode().text()).isEqualTo(held.encode().text());
    assertThat(read.seen()).isEqualTo(seen);
    assertThat(read.origin()).isEqualTo(origin);
    assertThat(read.file().size()).isEqualTo(2);
  }

  @Test
  void aProjectsStoreIsKeptWhole() {
    ProjectAudits project =
        ProjectAudits.read(
            Bytes.utf8("[criteria.ours]\ndescription = \"two parts\"\n[audits]\n"),
            Bytes.utf8(
                """
                [imports.peer]
                url = "https://peer.example/audits.toml"
                [[exemptions.a]]
                version = "1.0.0"
                criteria = "safe-to-run"
                """),
            Bytes.utf8(
                """
                [[publisher.a]]
                version = "1.0.1"
                when = "2026-01-02"
                user-id = 7
                user-login = "ann"
                [[audits.peer.wildcard-audits.a]]
                criteria = "ours"
                user-id = 7
                start = "2026-01-01"
                end = "2026-06-01"
                [audits.peer.audits]
                """));
    var origin =
        new StoredAudits.Origin(
            "a folder",
            Instant.EPOCH,
            project.size(),
            AuditImportOrder.Mapping.PLAIN,
            Validators.NONE);
    var held = new StoredAudits(origin, new TreeMap<>(), project.own(), project);

    StoredAudits read = StoredAudits.decode(held.encode());

    assertThat(read).isEqualTo(held);
    assertThat(read.store("app").imports()).containsOnlyKeys("app", "app.peer");
    assertThat(read.report("app", List.of(), 0).entries()).isEqualTo(2);
  }
}
