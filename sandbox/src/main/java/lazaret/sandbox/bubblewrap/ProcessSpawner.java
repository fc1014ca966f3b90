package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.Violation;
import lazaret.sandbox.kernel.Landlock;
import lazaret.sandbox.limits.ControlGroup;
import lazaret.sandbox.watch.SyscallSupervisor;

/// The thread that starts bubblewrap and lives as long as it. Bubblewrap dies with the thread that
/// started it, not with the program. The thread is restricted by Landlock, and by the filter of the
/// supervisor if denied calls are reported. Therefore each run has its own thread, which does
/// nothing else.
final class ProcessSpawner {
  private final BwrapLauncher start;
  private final List<String> command;
  private final Bounds bounds;
  private final CompletableFuture<Optional<String>> missing = new CompletableFuture<>();
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CompletableFuture<List<Violation>> denied = new CompletableFuture<>();

  /// The restrictions of the process.
  ///
  /// @param tcp whether the command may use TCP on its loopback interface
  /// @param reported the available services, if denied calls are reported
  /// @param group the control groups, or empty
  /// @param architecture the architecture of the machine
  record Bounds(
      boolean tcp,
      Optional<SyscallSupervisor.Reach> reported,
      Optional<ControlGroup> group,
      CpuArchitecture architecture) {}

  private ProcessSpawner(BwrapLauncher start, List<String> command, Bounds bounds) {
    this.start = start;
    this.command = command;
    this.bounds = bounds;
  }

  /// Starts a process, which waits for [#go].
  static ProcessSpawner start(BwrapLauncher start, List<String> command, Bounds bounds) {
    ProcessSpawner spawner = new ProcessSpawner(start, command, bounds);
    Thread.ofPlatform().daemon().name("sandbox-spawner").start(spawner::run);
    return spawner;
  }

  private void run() {
    try {
      start.prepare();
      missing.complete(Landlock.restrict(bounds.tcp()));
      Optional<SyscallSupervisor> supervisor =
          bounds.reported().map(r -> SyscallSupervisor.start(r, bounds.architecture()));
      try {
        if (bounds.group().isPresent()) {
          // As late as possible, because threads of this program that start here would be counted.
          bounds.group().get().enter();
        }
        Process process = builder().start();
        started.complete(process);
        process.waitFor();
      } finally {
        denied.complete(supervisor.isPresent() ? supervisor.get().stop() : List.of());
      }
    } catch (IOException | RuntimeException e) {
      missing.completeExceptionally(e);
      started.completeExceptionally(e);
      denied.completeExceptionally(e);
    } catch (InterruptedException e) {
      // This thread is not interrupted by this program. After an interruption the process would die
      // with it.
      denied.completeExceptionally(e);
    }
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Path.of("/").toFile());
    // Not `--clearenv`: the first process in the sandbox keeps the environment that it was started
    // with.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    return builder;
  }

  /// Lets the process continue.
  void go() {
    try (OutputStream in = process().getOutputStream()) {
      in.write('\n');
    } catch (IOException _) {
      // The process has ended already, which the waiting thread detects.
    }
  }

  /// Kills the process, if there is one.
  void end() {
    // Through the handle, because `Process.destroyForcibly` would close the pipes before they are
    // read.
    var _ = started.thenAccept(process -> process.toHandle().destroyForcibly());
  }

  /// Returns the process after its start.
  Process process() {
    return joined(started);
  }

  /// Returns the protections of Landlock that this kernel lacks, as text, or empty.
  Optional<String> missing() {
    return joined(missing);
  }

  /// Returns the denied attempts after the end of the process.
  List<Violation> denied() {
    return joined(denied);
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SandboxException known) {
        throw known;
      }
      throw new SandboxException(Kind.FAILED, "cannot run the sandbox: " + e.getCause(), e);
    }
  }
}
