package lazaret.storage.postgres.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.storage.postgres.fixture.PostgresServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plans of the statements of beats. A server of PostgreSQL compiles a statement whose
/// estimated cost is above `jit_above_cost`, 100,000, which takes longer than all other work of a
/// beat.
class BeatPlanTest {
  private static final Pattern COST = Pattern.compile("cost=[0-9.]+\\.\\.(?<total>[0-9.]+)");

  private final PostgresServer server = PostgresServer.shared();

  @ParameterizedTest
  @ValueSource(strings = {NodeRows.BEAT, NodeRows.CHANGES})
  void aStatementIsCheapInADatabaseWithoutStatistics(String sql) {
    String plan =
        server.texts(server.newDatabase(), "EXPLAIN " + sql.replace("?", "NULL")).getFirst();

    Matcher cost = COST.matcher(plan);
    assertThat(cost.find()).as(plan).isTrue();
    assertThat(Double.parseDouble(cost.group("total"))).as(plan).isLessThan(1_000);
  }
}
