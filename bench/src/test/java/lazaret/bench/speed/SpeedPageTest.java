package lazaret.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of speed in `docs/performance.md`, which `bin/bench --record` writes.
class SpeedPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/performance.md");

  @Test
  void listsEachRowWithItsTarget() throws IOException {
    String part = MarkedBlock.SPEED.in(Files.readString(PAGE));
    List<String> rows =
        part.lines()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(SpeedPageTest::titleAndTarget)
            .toList();

    List<String> expected =
        Stream.of(SpeedRow.values()).map(row -> row.title() + ": " + row.targetText()).toList();
    assertThat(rows).containsExactlyElementsOf(expected);
  }

  private static String titleAndTarget(String line) {
    String[] cells = line.split("\\|", -1);
    return cells[1].strip() + ": " + cells[5].strip();
  }
}
