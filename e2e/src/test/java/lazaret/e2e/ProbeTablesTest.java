package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.e2e.harness.ProbeYard;
import lazaret.e2e.harness.ResultTable;
import org.junit.jupiter.api.Test;

/// The tables of results name all existing probes. `bin/probes` writes them again.
class ProbeTablesTest {
  @Test
  void everyProbeStandsInATable() throws IOException {
    List<String> page = Files.readAllLines(ResultTable.page());

    for (String probe : probes()) {
      assertThat(page)
          .as("run bin/probes, which writes the tables of docs/sandbox.md")
          .anyMatch(line -> line.startsWith("| `" + probe + "` |"));
    }
  }

  @Test
  void noProbeReachesAnythingInTheTables() throws IOException {
    assertThat(Files.readAllLines(ResultTable.page()))
        .filteredOn(line -> line.startsWith("| `p"))
        .hasSizeGreaterThanOrEqualTo(probes().size())
        .noneMatch(line -> line.contains("reached") || line.contains("never refused"));
  }

  private static List<String> probes() throws IOException {
    try (Stream<Path> files = Files.walk(ProbeYard.sources(), 3)) {
      return files
          .filter(file -> file.endsWith("build.rs"))
          .map(file -> file.getName(file.getNameCount() - 2).toString())
          .filter(name -> name.matches("p\\d\\d-.*"))
          .filter(name -> !name.equals("p39-escape-sequences"))
          .toList();
    }
  }
}
