package lazaret.cli.verbs;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskClient;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.Share;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.Waiting;
import lazaret.vetting.MalformedException;
import picocli.CommandLine.Model.CommandSpec;

/// What a person can ask of the program.
abstract class Verb implements Callable<Integer> {
  private static final Duration SHARE_PATIENCE = Duration.ofSeconds(5);

  private final Session session;

  Verb(Session session) {
    this.session = session;
  }

  /// Does what was asked.
  abstract ProcessCode run();

  @Override
  public final Integer call() {
    try {
      return run().code();
    } catch (BundleException e) {
      // Its own code says more than the kind of failure does, and stands before the message.
      String code = isTyped(e.reason()) ? "" : e.reason().code() + ": ";
      throw new CliException(e.code(), code + e.getMessage(), e);
    }
  }

  /// Tells whether a refusal is of what was typed rather than of a bundle: then its code, and what
  /// to do about a bundle that has it, would mislead.
  boolean isTyped(BundleCode code) {
    return false;
  }

  /// What a verb needs to know of a gate.
  enum Asks {
    /// A gate, or a store that no server holds.
    GATE,
    /// A store that no server holds.
    STORE,
    /// Files alone.
    NOBODY
  }

  /// Returns what the verb asks, by which its help names options.
  Asks asks() {
    return Asks.GATE;
  }

  /// Returns the verb as Picocli knows it.
  CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(this);
  }

  /// Returns the verbs under this one, in the order of its help text; none for most.
  SequencedMap<String, Verb> parts() {
    return Collections.emptyNavigableMap();
  }

  /// Returns what the command line lacks that Picocli cannot know of, in the words of the usage.
  List<String> lacking() {
    return List.of();
  }

  /// Returns the message for what a command line lacks.
  static String missing(List<String> lacking) {
    return "missing " + String.join(", and ", lacking);
  }

  final Session session() {
    return session;
  }

  final Terminal terminal() {
    return session.terminal();
  }

  final DeskClient desk() {
    return session.desk();
  }

  /// Shows on a terminal that the desk does something, and how much of it is done.
  ///
  /// @param what the work, for example `checking the store`
  /// @param operation its name at the desk
  final Waiting waiting(String what, String operation) {
    DeskClient desk = desk();
    return terminal().waiting(what, () -> share(desk, operation));
  }

  /// An answer that does not come shows nothing: the operation itself tells what fails.
  private static Share share(DeskClient desk, String operation) {
    try {
      return switch (desk.offer(DeskQuestion.get("/operations").patient(SHARE_PATIENCE))) {
        case DeskClient.Outcome.Done(JsonObject found) ->
            found.objects("operations").stream()
                .filter(each -> each.words("name").equals(operation))
                .reduce((_, newer) -> newer)
                .map(
                    each ->
                        new Share(each.words("phase"), each.number("done"), each.number("total")))
                .orElse(Share.UNKNOWN);
        case DeskClient.Outcome.Failed _ -> Share.UNKNOWN;
      };
    } catch (CliException | MalformedException _) {
      return Share.UNKNOWN;
    }
  }
}
