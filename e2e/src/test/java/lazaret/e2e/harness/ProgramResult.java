package lazaret.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// The output and the exit code of a program.
///
/// @param command the command, for messages
/// @param exit the exit code
/// @param out the standard output
/// @param err the standard error
public record ProgramResult(List<String> command, int exit, String out, String err) {

  /// Runs a program to its end.
  ///
  /// @throws AssertionError if it exceeds the timeout; it is killed then
  public static ProgramResult of(ProcessBuilder builder, Duration patience) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      FutureTask<String> out = reading(process.getInputStream());
      FutureTask<String> err = reading(process.getErrorStream());
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(builder.command() + " ran for more than " + patience);
      }
      return new ProgramResult(
          List.copyOf(builder.command()), process.exitValue(), out.get(), err.get());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + builder.command(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot read what " + builder.command() + " said", e);
    }
  }

  private static FutureTask<String> reading(InputStream stream) {
    Callable<String> read = () -> new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    FutureTask<String> task = new FutureTask<>(read);
    // A read of a pipe occupies the carrier of a virtual thread, which the upstream of a test
    // needs.
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  /// Returns this result.
  ///
  /// @throws AssertionError if the exit code is not 0
  public ProgramResult ok() {
    return exits(0);
  }

  /// Returns this result.
  ///
  /// @throws AssertionError if the exit code is another one; the message contains the output
  public ProgramResult exits(int code) {
    if (exit != code) {
      throw new AssertionError("expected exit code " + code + " of " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    List<String> shown = command.stream().filter(word -> word.length() < 1_000).toList();
    return "%s%nexit %d%n--- out%n%s%n--- err%n%s".formatted(shown, exit, out, err);
  }
}
