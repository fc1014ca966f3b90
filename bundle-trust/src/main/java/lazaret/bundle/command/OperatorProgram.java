package lazaret.bundle.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A program chosen by the operator that reads standard input and answers on standard output. Its
/// run time and output length are limited. It is started without a shell. Immutable.
///
/// @param words the absolute path of the program, and its arguments
/// @param timeout the longest run time
/// @param mostOutput the largest output in bytes
public record OperatorProgram(List<String> words, Duration timeout, int mostOutput) {
  /// The prefix of environment variables that the program does not inherit. One of them contains a
  /// passphrase.
  private static final String OURS = "LAZARET_";

  private static final int MOST_ERRORS = 4096;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /// Checks that the program has an absolute path, so that the search path has no influence.
  ///
  /// @throws IllegalArgumentException if no program is named, or its path is not absolute
  public OperatorProgram {
    words = List.copyOf(words);
    if (words.isEmpty() || !Path.of(words.getFirst()).isAbsolute()) {
      throw new IllegalArgumentException(
          "expected a program by its absolute path, found '%s'"
              .formatted(words.isEmpty() ? "" : Excerpt.of(words.getFirst())));
    }
  }

  /// The result of a run.
  public sealed interface Outcome {
    /// The program exited.
    ///
    /// @param code the exit code
    /// @param output the standard output
    /// @param errors the beginning of the standard error, in printable characters
    record Ended(int code, Bytes output, String errors) implements Outcome {}

    /// The program exceeded the timeout, or the caller was interrupted, and it was killed.
    record TimedOut() implements Outcome {}

    /// The program wrote more than the permitted output and was killed.
    record OutputTooLong() implements Outcome {}

    /// The program could not be started, or its output could not be read.
    ///
    /// @param why the reason given by the operating system
    record NotStarted(String why) implements Outcome {}
  }

  /// Runs the program and waits for its end. If it is still running at the end of this call, it is
  /// killed with its descendants.
  ///
  /// @param input the bytes for standard input
  public Outcome run(Bytes input) {
    Process process;
    try {
      process = begin();
    } catch (IOException e) {
      return new Outcome.NotStarted(Excerpt.of(String.valueOf(e.getMessage())));
    }
    try {
      return follow(process, input);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.TimedOut();
    } finally {
      end(process);
    }
  }

  private Process begin() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith(OURS));
    return builder.start();
  }

  private Outcome follow(Process process, Bytes input) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    FutureTask<Bytes> output = apart(() -> upTo(process.getInputStream(), mostOutput + 1));
    FutureTask<Bytes> errors = apart(() -> drained(process.getErrorStream()));
    FutureTask<Bytes> fed = apart(() -> feed(process.getOutputStream(), input));
    try {
      Bytes answer = output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (answer.length() > mostOutput) {
        return new Outcome.OutputTooLong();
      }
      if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return new Outcome.TimedOut();
      }
      // A program that does not read all of its input may exit before the input is written.
      fed.cancel(true);
      return new Outcome.Ended(process.exitValue(), answer, said(errors));
    } catch (TimeoutException _) {
      return new Outcome.TimedOut();
    } catch (ExecutionException e) {
      return new Outcome.NotStarted(Excerpt.of(String.valueOf(e.getCause())));
    }
  }

  /// Returns the standard error, or an empty text if the stream stays open. A child process that
  /// was left behind may keep it open.
  private static String said(FutureTask<Bytes> errors) throws InterruptedException {
    try {
      Bytes text = errors.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      return Excerpt.of(text.text().strip());
    } catch (ExecutionException | TimeoutException _) {
      return "";
    }
  }

  private static FutureTask<Bytes> apart(java.util.concurrent.Callable<Bytes> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("operator-command").start(task);
    return task;
  }

  private static Bytes upTo(InputStream in, int most) throws IOException {
    return Bytes.of(in.readNBytes(most));
  }

  /// Returns the beginning of a stream. The rest is read and discarded, so that the program does
  /// not block.
  private static Bytes drained(InputStream in) throws IOException {
    var kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[MOST_ERRORS];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      kept.write(buffer, 0, Math.min(read, MOST_ERRORS - kept.size()));
    }
    return Bytes.of(kept.toByteArray());
  }

  private static Bytes feed(OutputStream out, Bytes input) throws IOException {
    try (out) {
      input.writeTo(out);
    }
    return Bytes.EMPTY;
  }

  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
