package lazaret.mirror.http;

import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.budget.ServerBudgets;
import org.jspecify.annotations.Nullable;

/// The parts of the budgets that one request holds. For one thread.
public final class RequestBudget implements AutoCloseable {
  private final ServerBudgets budgets;
  private final String client;
  private final Reservation respond;
  private @Nullable Reservation query;
  private @Nullable Reservation body;

  private RequestBudget(ServerBudgets budgets, String client, Reservation answer) {
    this.budgets = budgets;
    this.client = client;
    this.respond = answer;
  }

  /// Reserves the memory that every request uses; empty if it does not fit into the budget.
  public static Optional<RequestBudget> begin(ServerBudgets budgets, Budget budget, String client) {
    return budget
        .reserve(client, ServerBudgets.REQUEST, ServerBudgets.PATIENCE)
        .map(answer -> new RequestBudget(budgets, client, answer));
  }

  /// Returns the reservation of the answer.
  public Reservation respond() {
    return respond;
  }

  /// Waits for the turn of a query.
  ///
  /// @param units its work; nothing is reserved for 0
  /// @return false if the wait ended without a turn
  public boolean query(int units) {
    if (units > 0 && query == null) {
      query = budgets.queries().reserve(client, units, ServerBudgets.QUERY_PATIENCE).orElse(null);
    }
    return units == 0 || query != null;
  }

  /// Returns the reservation of the request's body, empty at first.
  public Reservation body() {
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
  public int longestBody(int multiple) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE - 16, budgets.bodies().limit() / multiple));
  }

  /// Releases the reservations that only the making of the response used.
  public void made() {
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
    respond.close();
  }
}
