package lazaret.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.bench.speed.MarkedBlock;
import org.junit.jupiter.api.Test;

class ClusterTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/performance.md");

  private final ClusterTable table = new ClusterTable();

  @Test
  void comparesServersWithOneAndPostgresWithRocks() {
    for (int servers = 0; servers <= 3; servers++) {
      table.processorTime("time", servers, "%.1f us", servers == 3 ? 91 : 100 + servers);
      table.statements("statements", servers, "%.1f", servers == 2 ? 9 : 8);
      table.latency("latency", servers, "%.2f ms", servers == 0 ? 1.5 : 1.25);
    }
    table.figure("take over", 2, "%.1f s", 4);

    assertThat(table.markdown())
        .isEqualTo(
            """
            | several servers | RocksDB | 1 server | 2 servers | 3 servers | added | deviation |
            |---|---|---|---|---|---|---|
            | time | 100.0 us | 101.0 us | 102.0 us | 91.0 us | | 9.9 % |
            | statements | 8.0 | 8.0 | 9.0 | 8.0 | | 12.5 % |
            | latency | 1.50 ms | 1.25 ms | 1.25 ms | 1.25 ms | -0.25 ms | |
            | take over | | | 4.0 s | | | |
            """);
  }

  @Test
  void figureOfSeveralRoundsIsTheirMedian() {
    for (double value : new double[] {9, 1, 2}) {
      table.figure("odd", 1, "%.1f", value);
    }
    for (double value : new double[] {8, 1, 2, 3}) {
      table.figure("even", 2, "%.1f", value);
    }

    assertThat(table.markdown()).contains("| odd | | 2.0 | | | | |", "| even | | | 2.5 | | | |");
  }

  @Test
  void fewStatementsDeviateByLittle() {
    table.statements("hit", 1, "%.4f", 0);
    table.statements("hit", 2, "%.4f", 0.0002);

    assertThat(table.markdown()).contains("| hit | | 0.0000 | 0.0002 | | | 2.0 % |\n");
  }

  @Test
  void latencyThatIsAddedHasASign() {
    table.latency("miss", 0, "%.2f ms", 1);
    table.latency("miss", 1, "%.2f ms", 3);

    assertThat(table.markdown()).contains("| miss | 1.00 ms | 3.00 ms | | | +2.00 ms | |\n");
  }

  @Test
  void thePageHasThePlaceAndTheColumns() throws IOException {
    String head = table.markdown();

    assertThat(MarkedBlock.CLUSTER.in(Files.readString(PAGE))).contains(head);
  }
}
