package lazaret.vetting.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final Operations operations = new Operations();

  @Test
  void anOperationIsListedWithItsPhaseUntilItEnds() {
    List<Operation.State> seen =
        operations.run(
            "export",
            () -> {
              Operation.current().begin("crates", 3);
              Operation.current().step();
              return operations.running();
            });

    assertThat(seen).containsExactly(new Operation.State("export", "crates", 1, 3));
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
    Operation operation = new Operation("fsck");
    operation.begin("artifacts", 2);
    operation.reach(5);

    assertThat(operation.state().done()).isEqualTo(2);
    operation.begin("ledger", 0);
    operation.reach(5);
    assertThat(operation.state()).isEqualTo(new Operation.State("fsck", "ledger", 5, 0));
  }

  @Test
  void codeOutsideOfAnOperationMayCountToo() {
    Operation.current().begin("crates", 1);
    Operation.current().step();

    assertThat(operations.running()).isEmpty();
  }
}
