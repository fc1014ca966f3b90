package lazaret.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lazaret.sandbox.SandboxPolicy.LockedVersion;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import org.junit.jupiter.api.Test;

class CrateVersionLookupTest {
  @Test
  void givesCandidatesTheVersionsThatAreLocked() {
    List<LockedVersion> locked =
        List.of(
            new LockedVersion("serde-derive", "1.0.2"),
            new LockedVersion("paste", "2.0.0"),
            new LockedVersion("paste", "1.0.15"));

    assertThat(candidates(CrateVersionLookup.of(locked)))
        .containsExactly(
            "serde-derive 1.0.2", "paste 1.0.15", "paste 2.0.0", "unknown", "a macro used by x 1");
  }

  @Test
  void keepsTheNamesWithoutALockfile() {
    assertThat(candidates(CrateVersionLookup.of(List.of())))
        .containsExactly("serde_derive", "paste", "unknown", "a macro used by x 1");
  }

  private static List<String> candidates(CrateVersionLookup versions) {
    Origin origin =
        new Origin(
            Optional.empty(),
            Optional.empty(),
            Optional.of("/opt/rust/bin/rustc"),
            List.of("serde_derive", "paste", "unknown", "a macro used by x 1"));
    Violation violation = new Violation(Kind.KERNEL, "bpf", origin, 3, "rule", "allow");
    Violation completed = versions.complete(List.of(violation)).getFirst();
    assertThat(completed.count()).isEqualTo(3);
    return completed.origin().candidates();
  }
}
