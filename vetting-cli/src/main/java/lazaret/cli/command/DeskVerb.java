package lazaret.cli.command;

import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;

/// A verb that calls one operation of a desk.
public abstract class DeskVerb<Q extends Record, R extends Record> extends Verb {
  protected DeskVerb(CliSession session) {
    super(session);
  }

  /// Returns the operation.
  protected abstract Operation<Q, R> operation();

  /// Returns the request that the options describe.
  protected abstract Q request();

  /// Returns the attempted action for the message of a failure: `cannot list the tokens`.
  protected abstract String attempt();

  /// Prints the result for people.
  protected abstract void print(R reply);

  /// Returns the exit code of a result.
  protected ProcessCode exitCode(R reply) {
    return ExitCode.DONE;
  }

  /// Calls the operation. A verb with a long operation shows its progress meanwhile.
  protected Reply<R> reply() {
    return desk().reply(operation(), request());
  }

  @Override
  public final ProcessCode run() {
    Reply<R> reply = reply();
    R value = DeskClient.value(reply, attempt());
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      print(value);
    }
    return exitCode(value);
  }
}
