package lazaret.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lazaret.bench.Corpus.Part;
import org.junit.jupiter.api.Test;

class MixCasesTest {
  @Test
  void aThousandRequestsHaveTheSameOrderInEachRun() {
    Map<Part, List<String>> paths = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      paths.put(part, List.of("/" + part + "/1", "/" + part + "/2"));
    }
    Corpus corpus = new Corpus(Path.of("."), paths);

    List<String> lines = MixCases.lines(corpus);

    assertThat(lines).hasSize(1_000).isEqualTo(MixCases.lines(corpus));
    assertThat(count(lines, "304 /INDEX_")).isEqualTo(400);
    assertThat(count(lines, "200 /INDEX_5K/")).isEqualTo(250);
    assertThat(count(lines, "200 /INDEX_100K/1")).isEqualTo(25);
    assertThat(count(lines, "200 /CRATE_20K/")).isEqualTo(250);
    assertThat(count(lines, "200 /CRATE_100K/2")).isEqualTo(25);
  }

  private static long count(List<String> lines, String start) {
    return lines.stream().filter(line -> line.startsWith(start)).count();
  }
}
