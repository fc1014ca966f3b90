package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The thread that starts a process and lives as long: bubblewrap dies with the thread that started
/// it, not with the program.
final class Spawner {
  private final List<String> command;
  private final CompletableFuture<Process> started = new CompletableFuture<>();

  private Spawner(List<String> command) {
    this.command = command;
  }

  static Spawner start(List<String> command) {
    Spawner spawner = new Spawner(command);
    Thread.ofPlatform().daemon().name("sandbox-spawner").start(spawner::run);
    return spawner;
  }

  private void run() {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(Path.of("/").toFile());
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
      builder.redirectInput(Path.of("/dev/null").toFile());
      Process process = builder.start();
      started.complete(process);
      process.waitFor();
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if somebody did, the process would die with it.
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the process once it runs.
  Process process() {
    try {
      return started.join();
    } catch (CompletionException e) {
      throw new SandboxException(Kind.FAILED, "cannot start /bin/sh: " + e.getCause(), e);
    }
  }
}
