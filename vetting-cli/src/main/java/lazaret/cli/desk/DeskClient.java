package lazaret.cli.desk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.cli.desk.CliException.Problem;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// Asks a desk and reads its answers. Thread-safe; blocks.
public final class DeskClient implements AutoCloseable {
  private final DeskTransport transport;

  /// Creates a client over a transport, which is closed with it.
  public DeskClient(DeskTransport transport) {
    this.transport = transport;
  }

  /// Asks, and returns the document that a desk answered with.
  ///
  /// @param tried what is tried, for the message of a failure: `cannot show serde`
  /// @throws CliException if the desk refuses or no desk answers
  public JsonObject ask(String tried, DeskQuestion question) {
    return offer(question).orThrow(tried);
  }

  /// Asks, and returns a failure as a value, for callers that go on after it.
  ///
  /// @throws CliException if no desk answers
  public Outcome offer(DeskQuestion question) {
    DeskAnswer answer = transport.ask(question);
    JsonObject document = document(answer).orElseThrow(() -> foreign(answer));
    if (answer.status() < 300) {
      return new Outcome.Done(document);
    }
    List<Problem> problems = document.objects("errors").stream().map(DeskClient::problem).toList();
    if (problems.isEmpty()) {
      throw foreign(answer);
    }
    return new Outcome.Failed(problems, answer);
  }

  /// Returns where the desk is, for messages.
  public String where() {
    return transport.where();
  }

  private static Optional<JsonObject> document(DeskAnswer answer) {
    try {
      return Optional.of(JsonText.parse(answer.body()));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private static Problem problem(JsonObject error) {
    String word = error.words("code");
    ErrorCode code =
        Stream.of(ErrorCode.values())
            .filter(c -> c.code().equals(word))
            .findFirst()
            .orElse(ErrorCode.INTERNAL);
    return new Problem(
        code,
        error.words("detail"),
        error.text("name").orElse(null),
        error.text("version").orElse(null),
        error.has("verdict") ? error.object("verdict") : null);
  }

  private CliException foreign(DeskAnswer answer) {
    return new CliException(
        ErrorCode.SERVER_UNAVAILABLE,
        "%s does not answer as a desk does: status %d, '%s'; check that the address is the gate's own"
            .formatted(transport.where(), answer.status(), Excerpt.of(answer.body().text())));
  }

  @Override
  public void close() {
    transport.close();
  }

  /// What became of a question.
  public sealed interface Outcome {
    /// Returns the answer.
    ///
    /// @param tried what was tried, for the message of a failure
    /// @throws CliException if the desk did not do it
    JsonObject orThrow(String tried);

    /// The desk did it.
    ///
    /// @param document its answer
    record Done(JsonObject document) implements Outcome {
      @Override
      public JsonObject orThrow(String tried) {
        return document;
      }
    }

    /// The desk did not.
    ///
    /// @param problems why, the gravest first; never empty
    /// @param answer what came back
    record Failed(List<Problem> problems, DeskAnswer answer) implements Outcome {
      /// Returns the gravest problem.
      public Problem gravest() {
        return problems.getFirst();
      }

      @Override
      public JsonObject orThrow(String tried) {
        throw new CliException(tried, problems);
      }
    }
  }
}
