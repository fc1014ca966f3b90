package lazaret.mirror.http;

import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.Budgets;
import lazaret.mirror.budget.Reservation;
import org.jspecify.annotations.Nullable;

/// The parts of the budgets that one request holds. For one thread.
final class RequestBudget implements AutoCloseable {
  private final Budgets budgets;
  private final String client;
  private final Reservation answer;
  private @Nullable Reservation query;
  private @Nullable Reservation body;

  private RequestBudget(Budgets budgets, String client, Reservation answer) {
    this.budgets = budgets;
    this.client = client;
    this.answer = answer;
  }

  /// Reserves the memory that every request uses; empty if it does not fit into the budget.
  static Optional<RequestBudget> begin(Budgets budgets, Budget budget, String client) {
    return budget
        .reserve(client, Budgets.REQUEST, Budgets.PATIENCE)
        .map(answer -> new RequestBudget(budgets, client, answer));
  }

  /// Returns the reservation of the answer.
  Reservation answer() {
    return answer;
  }

  /// Waits for the turn of a query.
  ///
  /// @param units its work; nothing is reserved for 0
  /// @return false if the wait ended without a turn
  boolean query(int units) {
    if (units > 0 && query == null) {
      query = budgets.queries().reserve(client, units, Budgets.QUERY_PATIENCE).orElse(null);
    }
    return units == 0 || query != null;
  }

  /// Returns the reservation of the request's body, empty at first.
  Reservation body() {
    Reservation known = body;
    if (known == null) {
      known =
          budgets
              .bodies()
              .reserve(client, 0, Duration.ZERO)
              .orElseThrow(() -> new IllegalStateException("nothing was asked for and refused"));
      body = known;
    }
    return known;
  }

  /// Returns the longest body that can be reserved.
  ///
  /// @param multiple the bytes of heap that processing uses for each byte
  int longestBody(int multiple) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE - 16, budgets.bodies().limit() / multiple));
  }

  /// Releases the reservations that only the making of the response used.
  void made() {
    if (query != null) {
      query.close();
    }
    if (body != null) {
      body.close();
    }
  }

  @Override
  public void close() {
    made();
    answer.close();
  }
}
