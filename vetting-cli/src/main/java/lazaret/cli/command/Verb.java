package lazaret.cli.command;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.Terminal;
import lazaret.credential.CredentialException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.store.OperationInfo;
import lazaret.vetting.deskapi.store.OperationsReply;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.progress.ProgressShare;
import picocli.CommandLine.Model.CommandSpec;

/// A command of the program.
public abstract class Verb implements Callable<Integer> {
  private static final Duration SHARE_PATIENCE = Duration.ofSeconds(5);

  private final CliSession session;

  public Verb(CliSession session) {
    this.session = session;
  }

  /// Runs the command.
  public abstract ProcessCode run();

  @Override
  public final Integer call() {
    try {
      return run().code();
    } catch (BundleException e) {
      // The code of the bundle is more specific than the error code, and comes before the message.
      String code = isTyped(e.reason()) ? "" : e.reason().code() + ": ";
      throw new CliException(e.code(), code + e.getMessage(), e);
    } catch (CredentialException e) {
      throw new CliException(ErrorCode.CONFIG_INVALID, e.reason(), e);
    }
  }

  /// Returns whether a refusal is about typed values and not about a bundle. Its code is then
  /// omitted, because the code and the advice for bundles would be misleading.
  public boolean isTyped(BundleCode code) {
    return false;
  }

  /// The source of a verb's data.
  public enum Target {
    /// A gate, or a store that is not open in a server.
    GATE,
    /// A store that is not open in a server.
    STORE,
    /// Only files.
    NOBODY
  }

  /// Returns the source of the verb's data, which determines the options in its help.
  public Target asks() {
    return Target.GATE;
  }

  /// Returns whether the verb shows its progress.
  public boolean isLong() {
    return false;
  }

  /// Returns the verb as a command of Picocli.
  public CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(this);
  }

  /// Returns the verbs below this one in the order of the help text. Most verbs have none.
  public SequencedMap<String, Verb> parts() {
    return Collections.emptyNavigableMap();
  }

  /// Returns the exit code of a failure of the verb, including an invalid command line.
  public ProcessCode failure(ErrorCode code) {
    return ExitCode.of(code);
  }

  /// Returns the missing words of the command line that Picocli cannot know of, in the form of the
  /// usage text.
  public List<String> lacking() {
    return List.of();
  }

  /// Returns the message about missing words of a command line.
  public static String missing(List<String> lacking) {
    return "missing " + String.join(", and ", lacking);
  }

  /// Returns the session of the command.
  public final CliSession session() {
    return session;
  }

  /// Returns the terminal.
  public final Terminal terminal() {
    return session.terminal();
  }

  /// Returns the client of the desk.
  public final DeskClient desk() {
    return session.desk();
  }

  /// Returns the reply of a long operation of the desk, whose progress is shown meanwhile.
  ///
  /// @param what the work, for example `checking the store`
  /// @param operation the name of the work at the desk
  /// @param call calls the operation
  public final <R extends Record> Reply<R> awaited(
      String what, String operation, Supplier<Reply<R>> call) {
    DeskClient desk = desk();
    try (ProgressLine progress = session.progress(what, () -> share(desk, operation))) {
      Reply<R> reply = call.get();
      if (reply instanceof Reply.Done<R>) {
        progress.complete();
      }
      return reply;
    }
  }

  /// Returns the completed share of an operation, or [ProgressShare#UNKNOWN] if there is no reply.
  /// The operation itself reports failures.
  private static ProgressShare share(DeskClient desk, String operation) {
    try {
      return switch (desk.reply(StoreOperations.OPERATIONS, new EmptyRequest(), SHARE_PATIENCE)) {
        case Reply.Done<OperationsReply> done ->
            done.value().operations().stream()
                .filter(each -> each.name().equals(operation))
                .reduce((_, newer) -> newer)
                .map(Verb::share)
                .orElse(ProgressShare.UNKNOWN);
        case Reply.Refused<OperationsReply> _ -> ProgressShare.UNKNOWN;
      };
    } catch (LazaretException _) {
      return ProgressShare.UNKNOWN;
    }
  }

  private static ProgressShare share(OperationInfo info) {
    String unit = info.unit();
    return new ProgressShare(info.phase(), info.done(), info.total(), unit == null ? "" : unit);
  }
}
