package lazaret.vetting.deskapi;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The result of calling an operation.
public sealed interface Reply<R extends Record> {
  /// Returns the reply with a value that was not read from a document.
  static <R extends Record> Reply<R> done(R value) {
    return new Done<>(value, () -> DeskJson.encode(value));
  }

  /// Returns the refusal for one cause.
  static <R extends Record> Reply<R> refused(Problem problem) {
    return refused(List.of(problem), null);
  }

  /// Returns the refusal for some causes, with the status of the first one.
  static <R extends Record> Reply<R> refused(
      List<Problem> problems, @Nullable Duration retryAfter) {
    return new Refused<>(problems, ErrorStatus.of(problems.getFirst().code()), retryAfter);
  }

  /// Returns the JSON document: that which the server sent, or the one that it would send.
  Bytes document();

  /// Returns the result of a performed operation.
  ///
  /// @throws X the exception that the function makes of a refusal
  <X extends RuntimeException> R orElseThrow(Function<Refused<R>, X> exception);

  /// The operation was performed.
  ///
  /// @param value the result
  /// @param source the JSON document, made or kept on demand
  record Done<R extends Record>(R value, Supplier<Bytes> source) implements Reply<R> {
    @Override
    public Bytes document() {
      return source.get();
    }

    @Override
    public <X extends RuntimeException> R orElseThrow(Function<Refused<R>, X> exception) {
      return value;
    }
  }

  /// The operation was refused or failed.
  ///
  /// @param problems the causes, at least one, the gravest first
  /// @param status the HTTP status
  /// @param retryAfter the time after which a repetition may succeed; null if it would not help
  record Refused<R extends Record>(
      List<Problem> problems, int status, @Nullable Duration retryAfter) implements Reply<R> {
    public Refused {
      problems = List.copyOf(problems);
    }

    @Override
    public Bytes document() {
      return DeskJson.encode(new ErrorReply(problems));
    }

    @Override
    public <X extends RuntimeException> R orElseThrow(Function<Refused<R>, X> exception) {
      throw exception.apply(this);
    }
  }
}
