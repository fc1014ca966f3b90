package lazaret.testkit.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.TarBytes;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.InspectLimits;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Problem;
import lazaret.vetting.inspect.ProblemCode;

/// Inspections of `demo 1.0.0`.
final class Inspecting {
  static final String PREFIX = "demo-1.0.0";
  static final String MANIFEST = "[package]\nname = \"demo\"\nversion = \"1.0.0\"\n";

  private Inspecting() {}

  static CrateBuilder demo() {
    return CrateBuilder.crate("demo", "1.0.0");
  }

  static Findings inspect(Bytes crate) {
    return inspect(crate, InspectLimits.DEFAULT);
  }

  static Findings inspect(Bytes crate, InspectLimits limits) {
    var id =
        new CrateId(CrateName.parse("demo"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.EMPTY));
    return Inspector.inspect(id, crate, limits);
  }

  static Findings inspect(CrateBuilder crate) {
    return inspect(crate.build());
  }

  /// Inspects a conforming crate with additional entries after its files.
  static Findings inspectWith(Consumer<TarBytes> hostile) {
    return inspect(demo().hostile(hostile));
  }

  /// Returns an archive with a manifest and without an end.
  static TarBytes begun() {
    return new TarBytes().file(PREFIX + "/Cargo.toml", bytes(MANIFEST));
  }

  static byte[] bytes(String text) {
    return Bytes.utf8(text).array();
  }

  static void assertOnly(Findings findings, ProblemCode code, String detail) {
    assertThat(findings.conformant()).isFalse();
    assertThat(findings.problems()).extracting(Problem::code).containsExactly(code);
    assertThat(findings.problems().getFirst().toString()).contains(detail);
  }
}
