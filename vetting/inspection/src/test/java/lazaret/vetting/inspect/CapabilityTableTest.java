package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.CapabilityTable.Entry;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.OccurrenceBudget;
import org.junit.jupiter.api.Test;

class CapabilityTableTest {
  private static CapabilityTable table(CrateBuilder crate) {
    return Inspector.capabilityTable(
        crate.id(), crate.build(), InspectLimits.DEFAULT, InstantSource.fixed(Instant.EPOCH));
  }

  private static Entry variables(CrateBuilder crate) {
    return table(crate).find(ExecutionContext.BUILD, Capability.ENV_READ).orElseThrow();
  }

  private static String script(String body) {
    return "fn main() {\n" + body + "}\n";
  }

  @Test
  void listsMoreLinesThanFindingsKeep() {
    String reads =
        IntStream.range(0, 40)
            .mapToObj("    let _v%1$d = std::env::var(\"A%1$d\");\n"::formatted)
            .collect(Collectors.joining());

    Entry entry = variables(demo().buildScript(script(reads)));

    assertThat(entry.locations())
        .extracting(Location::line)
        .containsExactlyElementsOf(IntStream.rangeClosed(2, 41).boxed().toList());
    assertThat(entry.locations().getFirst())
        .extracting(Location::path, Location::excerpt)
        .containsExactly("build.rs", "let _v0 = std::env::var(\"A0\");");
    assertThat(entry.complete()).isTrue();
  }

  @Test
  void countsAsFindingsDo() {
    CrateBuilder crate =
        demo()
            .buildScript(script("    std::process::Command::new(\"cc\").status().unwrap();\n"))
            .file(
                "src/lib.rs",
                """
                mod other;
                pub fn read() -> String { std::fs::read_to_string("a").unwrap() }
                pub fn run() { unsafe { other::raw() } }
                #[cfg(test)]
                mod tests { fn t() { let _ = std::env::var("X"); } }
                """)
            .file("src/other.rs", "pub unsafe fn raw() { let _ = std::env::var(\"Y\"); }\n");
    Findings findings = InspectionFixture.inspect(crate);

    CapabilityTable table = table(crate);

    assertThat(table.entries())
        .extracting(e -> e.where() + " " + e.what() + " (" + e.count() + ")")
        .isEqualTo(
            findings.capabilities().stored().stream().map(Capabilities.Entry::toString).toList())
        .isNotEmpty();
    assertThat(table.whole()).isTrue();
    assertThat(table.contexts()).contains(ExecutionContext.BUILD, ExecutionContext.RUNTIME);
  }

  @Test
  void joinsTheUsesOfOneLine() {
    Entry entry =
        variables(
            demo()
                .buildScript(
                    script("    let _ = (std::env::var(\"A\"), std::env::var(\"B\"));\n")));

    assertThat(entry.locations()).hasSize(1);
    assertThat(entry.locations().getFirst().occurrences()).isEqualTo(2);
    assertThat(entry.complete()).isTrue();
  }

  @Test
  void linesThatDifferInSpacesHaveOneContent() {
    Entry entry =
        variables(
            demo()
                .buildScript(
                    script(
                        """
                            let _ = std::env::var("A");
                                let _ =   std::env::var("A");
                            let _ = std::env::var("B");
                        """)));

    List<String> contents = entry.locations().stream().map(Location::content).toList();

    assertThat(contents).hasSize(3);
    assertThat(contents.get(0)).isEqualTo(contents.get(1)).isNotEqualTo(contents.get(2));
  }

  @Test
  void aLongLineIsKeptAsItsDigest() {
    String filler = "/* " + "x".repeat(500) + " */";
    Entry first = variables(demo().buildScript(script(filler + "let _ = std::env::var(\"A\");\n")));
    Entry second =
        variables(demo().buildScript(script(filler + "let _ = std::env::var(\"B\");\n")));

    String content = first.locations().getFirst().content();

    assertThat(content).startsWith("sha256 ");
    assertThat(second.locations().getFirst().content()).isNotEqualTo(content);
  }

  @Test
  void aHostileArchiveHasNoPlaces() {
    assertThat(table(demo().traversal())).isEqualTo(CapabilityTable.NONE);
  }

  @Test
  void linesOfOneSourceAreLimited() {
    String reads = "    let _ = std::env::var(\"A\");\n".repeat(CapabilityTable.MAX_OF_SOURCE + 10);

    Entry entry = variables(demo().buildScript(script(reads)));

    assertThat(entry.locations()).hasSize(CapabilityTable.MAX_OF_SOURCE);
    assertThat(entry.count()).isGreaterThan(CapabilityTable.MAX_OF_SOURCE);
    assertThat(entry.complete()).isFalse();
  }

  @Test
  void eachCapabilityHasWordsOfItsOwn() {
    List<String> words = List.of(Capability.values()).stream().map(Capability::words).toList();

    assertThat(words).doesNotHaveDuplicates().allMatch(text -> text.matches("[A-Z][^.]{3,50}"));
  }

  @Test
  void aBudgetHasPositiveNumbers() {
    assertThatThrownBy(() -> OccurrenceBudget.of(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected positive numbers of occurrences, found 0 and 1");
  }
}
