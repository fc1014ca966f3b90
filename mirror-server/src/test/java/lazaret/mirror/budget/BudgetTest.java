package lazaret.mirror.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget budget = new Budget(1_000, 500);

  private Optional<Reservation> reserve(String client, long amount) {
    return budget.reserve(client, amount, Duration.ZERO);
  }

  private Reservation reserved(String client, long amount) {
    return reserve(client, amount).orElseThrow();
  }

  @Test
  void oneClientHoldsAtMostAQuarter() {
    try (Reservation one = reserved("a", 200)) {
      assertThat(one.add(50, Duration.ZERO)).isTrue();
      assertThat(reserve("a", 1)).isEmpty();
      assertThat(budget.used("a")).isEqualTo(250);
      reserved("b", 250).close();
      assertThat(budget.refused()).isEqualTo(1);
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void allClientsTogetherHoldAtMostTheLimit() {
    List<Reservation> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(reserved("client " + i, 250));
    }

    assertThat(reserve("one more", 1)).isEmpty();
    assertThat(budget.isShort()).isTrue();

    all.forEach(Reservation::close);
    assertThat(budget.used()).isZero();
  }

  @Test
  void grantsALargeReservationToAClientWithoutOthers() {
    try (Reservation only = reserved("a", 10)) {
      assertThat(only.share("large", 490, Duration.ZERO)).isTrue();
      assertThat(only.add(1, Duration.ZERO)).isFalse();
      assertThat(reserve("a", 1)).isEmpty();
    }
    try (Reservation _ = reserved("a", 10);
        Reservation second = reserved("a", 10)) {
      assertThat(second.share("large", 490, Duration.ZERO)).isFalse();
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatManyShareCountsOnceAndOnceForEachClient() {
    List<Reservation> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Reservation reservation = reserved("client " + i % 3, 1);
      assertThat(reservation.share("artifact", 100, Duration.ZERO)).isTrue();
      assertThat(reservation.share("artifact", 100, Duration.ZERO)).isTrue();
      all.add(reservation);
    }
    assertThat(budget.used()).isEqualTo(130);
    assertThat(budget.used("client 0")).isEqualTo(110);

    all.subList(0, 29).forEach(Reservation::close);
    assertThat(budget.used()).isEqualTo(101);
    assertThat(budget.used("client 0")).isZero();
    assertThat(budget.used("client 2")).isEqualTo(101);

    all.getLast().close();
    all.getLast().close();
    assertThat(budget.used()).isZero();
  }

  @Test
  void waitsUntilRoomIsGivenBack() throws InterruptedException {
    Reservation first = reserved("a", 250);
    Thread closing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  first.close();
                });

    Optional<Reservation> second = budget.reserve("a", 250, Duration.ofSeconds(30));

    closing.join();
    assertThat(second).isPresent();
    second.get().close();
    assertThat(budget.used()).isZero();
  }

  @Test
  void neverExceedsItsLimitUnderManyThreads() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2_000; i++) {
        int number = i;
        threads.execute(
            () ->
                budget
                    .reserve("client " + number % 7, 40, Duration.ofSeconds(5))
                    .ifPresent(
                        reservation -> {
                          reservation.share("object " + number % 5, 60, Duration.ofMillis(5));
                          assertThat(budget.used()).isLessThanOrEqualTo(1_000);
                          reservation.close();
                        }));
      }
    }
    assertThat(budget.used()).isZero();
    for (int i = 0; i < 7; i++) {
      assertThat(budget.used("client " + i)).isZero();
    }
  }
}
