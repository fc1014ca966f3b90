package lazaret.web.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileIdTableTest {
  private final FileIdTable ids = new FileIdTable();

  @Test
  void derivesIdsFromPaths() {
    assertThat(List.of("build.rs", "src/lib.rs", ".cargo_vcs_info.json", "Cargo.toml"))
        .extracting(ids::add)
        .containsExactly("build-rs", "src-lib-rs", "cargo-vcs-info-json", "cargo-toml");
  }

  @Test
  void distinguishesPathsThatLookAlike() {
    assertThat(List.of("src/lib.rs", "src/LIB.rs", "src-lib-rs"))
        .extracting(ids::add)
        .containsExactly("src-lib-rs", "src-lib-rs-p1", "src-lib-rs-p2");
  }

  @Test
  void givesNoFileTheIdOfAnotherElement() {
    assertThat(
            List.of(
                "build.rs.355",
                "build.rs/h2",
                "a/c3",
                "a.note",
                "a.title",
                "decide",
                "i-seen",
                "build.rs.h2s3",
                "x-p1",
                "reading"))
        .extracting(ids::add)
        .allMatch(id -> id.endsWith("-p1"))
        .doesNotHaveDuplicates();
  }

  @Test
  void cutsLongPathsAndNamesPathsWithoutLetters() {
    String name = "a".repeat(500);

    assertThat(ids.add(name)).isEqualTo("a".repeat(80) + "-p1");
    assertThat(ids.add(name + "b")).isEqualTo("a".repeat(80) + "-p2");
    assertThat(ids.add("\u202e")).isEqualTo("file-p1");
  }
}
