package lazaret.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.bench.speed.MarkedBlock;
import org.junit.jupiter.api.Test;

class FollowTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/scale.md");

  private static double rocks(String name) {
    return name.endsWith("-statements") ? 0 : 50;
  }

  private static double postgres(String name) {
    return name.endsWith("-statements") ? 200 : 50;
  }

  @Test
  void hasAColumnForEachStore() {
    String table =
        FollowTable.markdown(
            List.of(
                new FollowTable.Column("RocksDB", FollowTableTest::rocks),
                new FollowTable.Column("PostgreSQL", FollowTableTest::postgres)));

    assertThat(table)
        .startsWith("| simulation | RocksDB | PostgreSQL |\n|---|---|---|\n| crates | 50 | 50 |\n")
        .contains("| store on disk, a version | 1000000 bytes | 1000000 bytes |\n")
        .contains("| a day: statements a request | | 4.0 |\n");
  }

  @Test
  void thePageHasEachRow() throws IOException {
    String part = MarkedBlock.FOLLOW.in(Files.readString(PAGE));

    assertThat(part).contains("| simulation | RocksDB | PostgreSQL |\n|---|---|---|\n");
    assertThat(
            part.lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split("\\|", -1)[1].strip()))
        .containsExactlyElementsOf(FollowTable.titles());
  }
}
