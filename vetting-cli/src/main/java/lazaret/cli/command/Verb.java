package lazaret.cli.command;

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
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.progress.ProgressLine;
import picocli.CommandLine.Model.CommandSpec;

/// A command of the program.
public abstract class Verb implements Callable<Integer> {
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
    try (ProgressLine progress = session.progress(what, () -> desk.share(operation))) {
      Reply<R> reply = call.get();
      if (reply instanceof Reply.Done<R>) {
        progress.complete();
      }
      return reply;
    }
  }

  /// Runs a long operation in this program, and shows its progress meanwhile.
  ///
  /// @param what the work, for example `restoring`
  /// @param action the work, which reports its phases to its running operation
  public final <T> T run(String what, Supplier<T> action) {
    RunningOperations running = new RunningOperations();
    try (ProgressLine progress = session.progress(what, running::share)) {
      T result = running.run(what, action);
      progress.complete();
      return result;
    }
  }
}
