package lazaret.cli.command;

import java.util.function.Supplier;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Operation;

/// A verb without options of its own. It calls an operation with an empty request.
public abstract class EmptyRequestVerb<R extends Record> extends DeskVerb<EmptyRequest, R> {
  private final Supplier<Operation<EmptyRequest, R>> operation;
  private final String attempt;

  /// Creates a verb.
  ///
  /// @param operation the operation. It is looked up when the verb runs, because help texts need no
  ///   operation, and the first use of one takes tens of milliseconds
  /// @param attempt the attempted action for the message of a failure: `cannot list the tokens`
  protected EmptyRequestVerb(
      CliSession session, Supplier<Operation<EmptyRequest, R>> operation, String attempt) {
    super(session);
    this.operation = operation;
    this.attempt = attempt;
  }

  @Override
  protected final Operation<EmptyRequest, R> operation() {
    return operation.get();
  }

  @Override
  protected final EmptyRequest request() {
    return new EmptyRequest();
  }

  @Override
  protected final String attempt() {
    return attempt;
  }
}
