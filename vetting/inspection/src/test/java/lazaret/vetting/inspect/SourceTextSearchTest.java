package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.SourceTextSearch.Line;
import org.junit.jupiter.api.Test;

class SourceTextSearchTest {
  private static Map<String, List<Line>> find(CrateBuilder crate, List<String> texts) {
    CrateArchive archive = new CrateArchive(crate.id().name(), crate.id().version(), crate.build());
    return SourceTextSearch.find(archive, InspectLimits.DEFAULT, texts);
  }

  @Test
  void findsTheLinesOfASource() {
    CrateBuilder crate =
        demo().file("src/lib.rs", "// one\npub const A: &str = env!(\"HOST_NAME\");\n");

    assertThat(find(crate, List.of("\"HOST_NAME\"", "\"OTHER\"")))
        .isEqualTo(
            Map.of(
                "\"HOST_NAME\"",
                List.of(new Line("src/lib.rs", 2, "pub const A: &str = env!(\"HOST_NAME\");"))));
  }

  @Test
  void isExactInCase() {
    CrateBuilder crate = demo().file("src/lib.rs", "// \"CURL\"\n// \"curl\"\n");

    assertThat(find(crate, List.of("\"curl\"")).get("\"curl\""))
        .extracting(Line::line)
        .containsExactly(2);
  }

  @Test
  void readsRustSourcesAlone() {
    CrateBuilder crate = demo().file("notes.txt", "needle\n").file("src/lib.rs", "// hay\n");

    assertThat(find(crate, List.of("needle"))).isEmpty();
  }

  @Test
  void listsTheFirstLinesOfEachText() {
    CrateBuilder crate = demo().file("src/lib.rs", "// needle needle\n".repeat(50));

    assertThat(find(crate, List.of("needle")).get("needle"))
        .extracting(Line::line)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, SourceTextSearch.MAX_LINES).boxed().toList());
  }

  @Test
  void leavesOutTextsBeyondTheLimits() {
    CrateBuilder crate = demo().file("src/lib.rs", "// needle\n");
    List<String> many =
        IntStream.range(0, SourceTextSearch.MAX_TEXTS).mapToObj(i -> "absent" + i).toList();
    List<String> last = new ArrayList<>(many);
    last.add("needle");

    assertThat(find(crate, last)).isEmpty();
    assertThat(find(crate, List.of("", "x".repeat(SourceTextSearch.MAX_LENGTH + 1)))).isEmpty();
  }
}
