package lazaret.e2e.harness;

import java.time.Instant;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;

/// Fixtures that the gate vets by age.
public final class Crates {
  /// A publish time before any cooldown.
  public static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  private static final int LONG_FILES = 200;
  private static final int LINES_OF_FILE = 1_500;
  private static final int HUNK_DISTANCE = 15;
  private static final int LINES_OF_HUNK = 5;

  private Crates() {}

  /// Publishes old crates in a new registry.
  public static FixtureRegistry aged(CrateBuilder... crates) {
    return addAged(new FixtureRegistry(), crates);
  }

  /// Publishes more old crates.
  public static FixtureRegistry addAged(FixtureRegistry registry, CrateBuilder... crates) {
    for (CrateBuilder crate : crates) {
      registry.publish(crate, line -> line.pubtime(LONG_AGO));
    }
    return registry;
  }

  /// Publishes three versions of `alpha`, and `beta`, which requires `alpha ^1`.
  public static FixtureRegistry alphaAndBeta() {
    return aged(
        CrateBuilder.crate("alpha", "1.0.0"),
        CrateBuilder.crate("alpha", "1.1.0"),
        CrateBuilder.crate("alpha", "1.2.0"),
        CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"));
  }

  /// Returns a lockfile of crates without dependencies.
  public static String lockfile(List<CrateBuilder> crates) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (CrateBuilder crate : crates) {
      text.append(
          """

          [[package]]
          name = "%s"
          version = "%s"
          source = "registry+https://github.com/rust-lang/crates.io-index"
          checksum = "%s"
          """
              .formatted(crate.name(), crate.version(), crate.id().cksum().hex()));
    }
    return text.toString();
  }

  /// Publishes two versions of `long-table` that differ in 200,000 lines: 200 files with 100 hunks
  /// each, which have 5 removed and 5 added lines.
  public static FixtureRegistry longDifference() {
    return aged(longTable("1.0.0", 0), longTable("1.1.0", 1));
  }

  private static CrateBuilder longTable(String version, int change) {
    CrateBuilder crate = CrateBuilder.crate("long-table", version);
    StringBuilder modules = new StringBuilder();
    for (int file = 0; file < LONG_FILES; file++) {
      modules.append("pub mod t").append(file).append(";\n");
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < LINES_OF_FILE; line++) {
        int value = line % HUNK_DISTANCE < LINES_OF_HUNK ? line + change : line;
        text.append("pub const T%d_%d: u32 = %d;\n".formatted(file, line, value));
      }
      crate.file("src/t%d.rs".formatted(file), text.toString());
    }
    return crate.file("src/lib.rs", modules.toString());
  }
}
