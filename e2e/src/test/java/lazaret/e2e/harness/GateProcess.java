package lazaret.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The gate in its own process, started and stopped like by a user. Thread-safe after the start.
public final class GateProcess implements AutoCloseable {
  private static final String LISTENING = "listening on ";
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(30);

  /// The time without a new line after which the access log is complete, and the longest wait.
  private static final Duration LOG_QUIET = Duration.ofMillis(300);

  private static final Duration LOG_WAIT = Duration.ofSeconds(10);

  private final GateSettings settings;
  private final Process process;
  private final Path log;
  private final String url;

  private GateProcess(GateSettings settings, Process process, Path log, String url) {
    this.settings = settings;
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /// Starts a gate and waits until it replies.
  ///
  /// @throws AssertionError if it ends before; the message contains its output
  public static GateProcess start(GateSettings settings) {
    try {
      Path log = WorkFolder.folder("gate").resolve("log");
      ProcessBuilder builder = new ProcessBuilder(settings.command());
      Machine.clean(builder.environment());
      builder.environment().putAll(settings.environment());
      builder.redirectError(log.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> line = new CompletableFuture<>();
      // A read of a pipe occupies the carrier of a virtual thread, which the upstream of a test
      // needs.
      Thread.ofPlatform().daemon().start(() -> readOut(process, line));
      return new GateProcess(settings, process, log, url(process, line, log));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the gate", e);
    }
  }

  private static void readOut(Process process, CompletableFuture<String> listening) {
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(LISTENING)) {
          listening.complete(line.substring(LISTENING.length()).strip());
        }
      }
    } catch (IOException _) {
      // The process was killed.
    }
    listening.completeExceptionally(new IllegalStateException("the gate ended"));
  }

  private static String url(Process process, CompletableFuture<String> line, Path log)
      throws IOException {
    try {
      String url = line.get(START.toSeconds(), TimeUnit.SECONDS);
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("the gate did not start:\n" + Files.readString(log), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns the address without a slash at its end: `http://127.0.0.1:PORT`.
  public String url() {
    return url;
  }

  /// Returns the folder of the store.
  public Path data() {
    return settings.data();
  }

  /// Returns whether the process runs.
  public boolean alive() {
    return process.isAlive();
  }

  /// Returns the process id.
  public long pid() {
    return process.pid();
  }

  /// Returns the token that the first start wrote for the command line.
  public String token() {
    return read(data().resolve("admin-token")).strip();
  }

  /// Returns the standard error of the gate.
  public String log() {
    return read(log);
  }

  /// Returns a client of the gate.
  public HttpProbeClient http() {
    return new HttpProbeClient(url, token());
  }

  /// Returns the lines of the access log. A line is written shortly after its response was sent.
  /// Therefore this waits until no line is added for a while.
  public List<String> accessLog() {
    Path file = data().resolve("access.log");
    long end = System.nanoTime() + LOG_WAIT.toNanos();
    String before = read(file);
    while (true) {
      pause(LOG_QUIET);
      String now = read(file);
      if (now.length() == before.length() || System.nanoTime() - end > 0) {
        return now.lines().toList();
      }
      before = now;
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Stops the gate with SIGTERM, like a service manager, and waits.
  ///
  /// @return its exit code
  public int stop() {
    List<ProcessHandle> traced = settings.wrapped() ? process.children().toList() : List.of();
    if (traced.isEmpty()) {
      process.destroy();
    } else {
      // A tracer does not pass signals on. It ends with the traced process.
      traced.forEach(ProcessHandle::destroy);
    }
    return await();
  }

  /// Stops the process with SIGSTOP, like a machine that is suspended. It goes on after [#resume].
  public void pause() {
    signal("-STOP");
  }

  /// Lets a stopped process go on with SIGCONT.
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    Programs.run(STOP, "kill", signal, Long.toString(process.pid())).ok();
  }

  /// Kills the gate with SIGKILL, like a power failure, and waits.
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await();
  }

  private int await() {
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the gate did not stop within " + STOP + ":\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
