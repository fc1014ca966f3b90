package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.TarBytes;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.archive.ArchiveProblemCode;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// Inspections of `demo 1.0.0`.
public final class InspectionFixture {
  public static final String PREFIX = "demo-1.0.0";
  static final String MANIFEST = "[package]\nname = \"demo\"\nversion = \"1.0.0\"\n";

  private InspectionFixture() {}

  public static CrateBuilder demo() {
    return CrateBuilder.crate("demo", "1.0.0");
  }

  public static Findings inspect(Bytes crate) {
    return inspect(crate, InspectLimits.DEFAULT);
  }

  public static Findings inspect(Bytes crate, InspectLimits limits) {
    var id =
        new CrateId(CrateName.parse("demo"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.EMPTY));
    return Inspector.inspect(id, crate, limits);
  }

  public static Findings inspect(CrateBuilder crate) {
    return inspect(crate.build());
  }

  /// Inspects a conforming crate with additional entries after its files.
  public static Findings inspectWith(Consumer<TarBytes> hostile) {
    return inspect(demo().hostile(hostile));
  }

  /// Returns an archive with a manifest and without an end.
  public static TarBytes begun() {
    return new TarBytes().file(PREFIX + "/Cargo.toml", bytes(MANIFEST));
  }

  public static byte[] bytes(String text) {
    return Bytes.utf8(text).array();
  }

  public static void assertOnly(Findings findings, ArchiveProblemCode code, String detail) {
    assertThat(findings.conformant()).isFalse();
    assertThat(findings.problems()).extracting(ArchiveProblem::code).containsExactly(code);
    assertThat(findings.problems().getFirst().toString()).contains(detail);
  }
}
