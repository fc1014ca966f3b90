package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.progress.ProgressShare;
import org.junit.jupiter.api.Test;

class RunningOperationsTest {
  private final RunningOperations operations = new RunningOperations();

  @Test
  void anOperationIsListedWithItsPhaseUntilItEnds() {
    List<RunningOperation.State> seen =
        operations.run(
            "export",
            () -> {
              RunningOperation.current().begin("crates", 3);
              RunningOperation.current().step();
              return operations.running();
            });

    assertThat(seen)
        .containsExactly(
            new RunningOperation.State("export", new ProgressShare("crates", 1, 3, "crates")));
    assertThat(operations.running()).isEmpty();
  }

  @Test
  void anOperationThatFailsIsListedNoLonger() {
    assertThatThrownBy(
            () ->
                operations.run(
                    "fsck",
                    () -> {
                      throw new IllegalStateException("disk");
                    }))
        .hasMessage("disk");
    assertThat(operations.running()).isEmpty();
  }

  @Test
  void neverMoreThanTheWholeIsDone() {
    RunningOperation operation = new RunningOperation("fsck");
    operation.begin("artifacts", 2);
    operation.reach(5);

    assertThat(operation.state().share().done()).isEqualTo(2);
    operation.begin("ledger", 0, "entries");
    operation.reach(5);
    assertThat(operation.state())
        .isEqualTo(
            new RunningOperation.State("fsck", new ProgressShare("ledger", 5, 0, "entries")));
  }

  @Test
  void codeOutsideOfAnOperationMayCountToo() {
    RunningOperation.current().begin("crates", 1);
    RunningOperation.current().step();

    assertThat(operations.running()).isEmpty();
  }
}
