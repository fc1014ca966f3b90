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

/// A program that the operator names: it gets bytes on standard input, and answers with bytes on
/// standard output, within bounds of time and length. No shell has a part in it. Immutable.
///
/// @param words the program, by an absolute path, and its arguments
/// @param timeout how long it may take
/// @param mostOutput how many bytes it may answer
public record OperatorCommand(List<String> words, Duration timeout, int mostOutput) {
  /// Variables that begin like this stay here: a passphrase is among them.
  private static final String OURS = "LAZARET_";

  private static final int MOST_ERRORS = 4096;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /// Checks that it can be found in one way only.
  ///
  /// @throws IllegalArgumentException if no program is named, or by no absolute path
  public OperatorCommand {
    words = List.copyOf(words);
    if (words.isEmpty() || !Path.of(words.getFirst()).isAbsolute()) {
      throw new IllegalArgumentException(
          "expected a program by its absolute path, found '%s'"
              .formatted(words.isEmpty() ? "" : Excerpt.of(words.getFirst())));
    }
  }

  /// How a program came to its end.
  public sealed interface Outcome {
    /// It ended by itself.
    ///
    /// @param code its exit code
    /// @param output what it answered
    /// @param errors the beginning of what it wrote to standard error, printable
    record Ended(int code, Bytes output, String errors) implements Outcome {}

    /// It took too long and was ended.
    record TimedOut() implements Outcome {}

    /// It answered too much and was ended.
    record Flooded() implements Outcome {}

    /// It could not be begun.
    ///
    /// @param why the reason of the operating system
    record NotBegun(String why) implements Outcome {}
  }

  /// Runs the program to its end.
  ///
  /// @param input what it gets
  public Outcome run(Bytes input) {
    Process process;
    try {
      process = begin();
    } catch (IOException e) {
      return new Outcome.NotBegun(Excerpt.of(String.valueOf(e.getMessage())));
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
        return new Outcome.Flooded();
      }
      if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return new Outcome.TimedOut();
      }
      // Whoever does not read what it gets ends before it is written.
      fed.cancel(true);
      return new Outcome.Ended(process.exitValue(), answer, said(errors));
    } catch (TimeoutException _) {
      return new Outcome.TimedOut();
    } catch (ExecutionException e) {
      return new Outcome.NotBegun(Excerpt.of(String.valueOf(e.getCause())));
    }
  }

  /// A child that it left behind may hold the stream open.
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

  /// Keeps the beginning, and reads the rest so that the program does not wait for us.
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
