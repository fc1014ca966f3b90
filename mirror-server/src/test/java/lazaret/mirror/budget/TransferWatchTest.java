package lazaret.mirror.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.mirror.budget.TransferWatch.Connection;
import lazaret.mirror.budget.TransferWatch.Direction;
import lazaret.mirror.budget.TransferWatch.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The sweeps are made by the test: six of them are the window of 30 s.
class TransferWatchTest {
  private final TransferWatch watch = new TransferWatch();
  private final List<String> closed = new ArrayList<>();
  private final Budget free = new Budget(1_000, 0);
  private final Budget full = new Budget(1_000, 0);

  TransferWatchTest() {
    for (int i = 0; i < 4; i++) {
      assertThat(full.reserve("client " + i, 250, Duration.ZERO)).isPresent();
    }
  }

  @AfterEach
  void stop() {
    watch.close();
  }

  private Connection connection(String name) {
    return new Connection(name, () -> closed.add(name));
  }

  private void window(Transfer transfer, long bytes) {
    for (int i = 0; i < 7; i++) {
      transfer.moved(bytes / 6);
      watch.sweep();
    }
  }

  @Test
  void slowReaderIsClosedWhileTheBudgetIsShort() {
    window(watch.begin(Direction.SENT, full, connection("slow")), 15 * 1024 * 30);
    assertThat(closed).containsOnly("slow");
    assertThat(watch.closed()).isPositive();
  }

  @Test
  void readerOfTheLeastRateStays() {
    window(watch.begin(Direction.SENT, full, connection("good")), 17 * 1024 * 30);
    assertThat(closed).isEmpty();
  }

  @Test
  void slowReaderStaysWhileThereIsRoom() {
    window(watch.begin(Direction.SENT, free, connection("slow")), 0);
    assertThat(closed).isEmpty();
  }

  @Test
  void slowBodyIsClosedInAnyCase() {
    window(watch.begin(Direction.RECEIVED, free, connection("slow body")), 0);
    assertThat(closed).contains("slow body");
  }

  @Test
  void judgesAReaderOfManyTransfersByItsConnection() {
    Transfer before = watch.begin(Direction.SENT, full, connection("slow"));
    for (int i = 0; i < 8; i++) {
      Transfer next = watch.begin(Direction.SENT, full, connection("slow"));
      next.moved(10_000);
      before.close();
      before = next;
      watch.sweep();
    }
    assertThat(closed).contains("slow");
  }

  @Test
  void downloadsThatShareAConnectionAreJudgedTogether() {
    List<Transfer> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(watch.begin(Direction.SENT, full, connection("many")));
    }
    for (int i = 0; i < 7; i++) {
      all.forEach(t -> t.moved(2 * 1024 * 5));
      watch.sweep();
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void transferThatEndedIsForgotten() {
    Transfer transfer = watch.begin(Direction.RECEIVED, full, connection("done"));
    transfer.close();
    transfer.close();
    window(transfer, 0);
    assertThat(closed).isEmpty();
  }
}
