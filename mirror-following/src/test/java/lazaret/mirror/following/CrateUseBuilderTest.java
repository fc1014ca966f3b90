package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrateUseBuilderTest {
  private static final Instant MADE = Instant.parse("2026-11-24T02:00:12Z");
  private static final String TAG = "\"a tag\"";

  @TempDir Path folder;

  private CrateUseBuilder builder() throws IOException {
    return new CrateUseBuilder(folder, 42);
  }

  private static List<CrateUseEntry> all(CrateUseTable.Rows rows) throws IOException {
    try (rows) {
      List<CrateUseEntry> all = new ArrayList<>();
      for (CrateUseEntry row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all;
    }
  }

  private static List<String> names(CrateUseTable.Rows rows) throws IOException {
    return all(rows).stream().map(row -> row.name().published()).toList();
  }

  private CrateUseTable table(@Nullable String etag) throws IOException {
    try (CrateUseBuilder builder = builder()) {
      // Versions precede crates in some dumps.
      builder.version(3, 30, 7);
      builder.version(1, 10, 5);
      builder.crate(1, "Zeta_core");
      builder.crate(2, "alpha");
      builder.crate(3, "beta");
      builder.downloads(1, 500);
      builder.downloads(3, 900);
      builder.version(1, 11, 6);
      builder.version(4, 40, 8);
      return builder.build(MADE, etag);
    }
  }

  @Test
  void addsUpTheRowsOfEachCrate() throws IOException {
    CrateUseTable table = table(TAG);

    assertThat(table.crates()).isEqualTo(3);
    assertThat(table.bytes()).isEqualTo(18);
    assertThat(all(table.byName()))
        .extracting(CrateUseEntry::line)
        .containsExactly("alpha 0 0 0 0", "beta 1 1e 7 900", "Zeta_core 2 15 11 500");
  }

  @Test
  void ordersByUse() throws IOException {
    assertThat(names(table(TAG).byUse())).containsExactly("beta", "Zeta_core", "alpha");
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    CrateUseTable _ = table(TAG);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(CrateUseTable.BY_NAME, CrateUseTable.BY_USE);
    }
  }

  @Test
  void isOpenedAgain() throws IOException {
    CrateUseTable table = table(TAG);

    assertThat(CrateUseTable.open(folder)).contains(table);
    assertThat(names(CrateUseTable.open(folder).orElseThrow().byName()))
        .containsExactly("alpha", "beta", "Zeta_core");
  }

  @Test
  void isOpenedWithoutAnEntityTag() throws IOException {
    CrateUseTable table = table(null);

    assertThat(CrateUseTable.open(folder)).contains(table);
  }

  @Test
  void aDamagedTableIsNone() throws IOException {
    assertThat(CrateUseTable.open(folder)).isEmpty();
    CrateUseTable _ = table(TAG);
    for (String text : List.of("", "crates 1\n", "crates 1\n1 2 never\n-\n", "crates 2\n1 2 x\n")) {
      Path _ = Files.writeString(folder.resolve(CrateUseTable.BY_NAME), text);

      assertThat(CrateUseTable.open(folder)).as(text).isEmpty();
    }
  }

  @Test
  void aDamagedRowIsAnError() throws IOException {
    CrateUseTable table = table(TAG);
    Path _ = Files.writeString(table.folder().resolve(CrateUseTable.BY_USE), table.head() + "x\n");

    assertThatThrownBy(() -> all(table.byUse())).isInstanceOf(IOException.class);
  }

  @Test
  void theFormerTableStaysIfADumpFails() throws IOException {
    CrateUseTable table = table(TAG);
    try (CrateUseBuilder builder = builder()) {
      builder.crate(1, "other");
    }

    assertThat(CrateUseTable.open(folder)).contains(table);
    assertThat(all(table.byName())).hasSize(3);
  }

  @Test
  void manyCratesKeepTheirOrders() throws IOException {
    try (CrateUseBuilder builder = builder()) {
      for (int i = 0; i < 5_000; i++) {
        builder.crate(i, "crate-%04d".formatted((i * 7_919) % 5_000));
        builder.downloads(i, i);
      }
      CrateUseTable table = builder.build(MADE, null);

      assertThat(names(table.byName())).isSorted().hasSize(5_000);
      assertThat(all(table.byUse()))
          .hasSize(5_000)
          .isSortedAccordingTo(CrateUseEntry.BY_USE)
          .first()
          .extracting(CrateUseEntry::downloads)
          .isEqualTo(4_999L);
    }
  }

  @Test
  void invalidNamesAreDropped() throws IOException {
    try (CrateUseBuilder builder = builder()) {
      builder.crate(1, "../../etc/passwd");
      builder.crate(2, "");
      builder.crate(3, "alpha beta");
      builder.crate(4, "gamma");

      assertThat(builder.build(MADE, null).crates()).isEqualTo(1);
    }
  }

  @Test
  void tooManyCratesAreAnError() throws IOException {
    try (CrateUseBuilder builder = builder()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i <= CrateUseBuilder.MAX_CRATES; i++) {
                  builder.crate(i, "-");
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("crates");
    }
  }

  @Test
  void theDigestShowsVersionsAndYanks() {
    long both = CrateUseEntry.digest("1.0.0", false) + CrateUseEntry.digest("1.0.1", false);
    long other = CrateUseEntry.digest("1.0.0", false) + CrateUseEntry.digest("1.0.1", true);
    long third = CrateUseEntry.digest("1.0.1", false) + CrateUseEntry.digest("1.0.0", true);

    assertThat(List.of(both, other, third, 0L)).doesNotHaveDuplicates();
  }
}
