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

/// A client of a desk. Thread-safe; requests block.
public final class DeskClient implements AutoCloseable {
  private final DeskTransport transport;

  /// Creates a client with a transport, which is closed with it.
  public DeskClient(DeskTransport transport) {
    this.transport = transport;
  }

  /// Sends a request and returns the document of the reply.
  ///
  /// @param tried the attempted action for the message of a failure: `cannot show serde`
  /// @throws CliException if the desk refuses or no desk replies
  public JsonObject ask(String tried, DeskQuestion question) {
    return offer(question).orThrow(tried);
  }

  /// Sends a request and returns a failure as a value, for callers that continue after it.
  ///
  /// @throws CliException if no desk replies
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

  /// Returns the address of the desk for messages.
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
        "cannot use %s: expected a reply of the desk API, found status %d, '%s'; check that the address is the gate's own"
            .formatted(transport.where(), answer.status(), Excerpt.of(answer.body().text())));
  }

  @Override
  public void close() {
    transport.close();
  }

  /// The result of a request.
  public sealed interface Outcome {
    /// Returns the document of the reply.
    ///
    /// @param tried the attempted action for the message of a failure
    /// @throws CliException if the desk refused
    JsonObject orThrow(String tried);

    /// The success of a request.
    ///
    /// @param document the document of the reply
    record Done(JsonObject document) implements Outcome {
      @Override
      public JsonObject orThrow(String tried) {
        return document;
      }
    }

    /// The failure of a request.
    ///
    /// @param problems the problems, at least one, most severe first
    /// @param answer the reply
    record Failed(List<Problem> problems, DeskAnswer answer) implements Outcome {
      /// Returns the most severe problem.
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
