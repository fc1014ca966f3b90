package lazaret.vetting.desk.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.deskapi.Operation;

/// The handlers by their operation. Not thread-safe until it is complete.
public final class HandlerTable {
  /// The keys are the ids of operations. The first hash of an operation itself, a record of
  /// records, takes 20 milliseconds of each start.
  private final Map<String, Handler<?, ?>> handlers = new HashMap<>();

  HandlerTable() {}

  /// Adds the handler of an operation.
  ///
  /// @throws IllegalStateException if the operation has a handler, which remains
  public <Q extends Record, R extends Record> void add(
      Operation<Q, R> operation, Handler<? super Q, ? extends R> handler) {
    if (handlers.putIfAbsent(operation.id(), handler) != null) {
      throw new IllegalStateException("two handlers for the operation " + operation);
    }
  }

  /// Returns the handler of an operation. [#add] keeps the types of both together.
  ///
  /// @throws IllegalStateException if there is none
  @SuppressWarnings("unchecked")
  <Q extends Record, R extends Record> Handler<Q, R> of(Operation<Q, R> operation) {
    Handler<?, ?> handler = handlers.get(operation.id());
    if (handler == null) {
      throw new IllegalStateException("no handler for the operation " + operation);
    }
    return (Handler<Q, R>) handler;
  }

  /// Checks that each operation has a handler.
  ///
  /// @throws IllegalStateException if one has none
  void requireAll(List<Operation<?, ?>> operations) {
    operations.forEach(this::of);
  }
}
