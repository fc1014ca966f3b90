package lazaret.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.desk.api.ProblemException;

/// The program `git` with an environment that is made from nothing. It has no configuration of the
/// system or a user, no prompts, helpers, hooks and filters, one protocol and no redirects. A run
/// is limited in time, output and disk space. Immutable.
///
/// @param program the absolute path of the program
/// @param home an empty folder
/// @param limits the limits of a run
public record GitProgram(Path program, Path home, Limits limits) {
  private static final int MAX_ERRORS = 4 << 10;

  /// The program of util-linux that sets limits of the kernel.
  private static final Path LIMITER = Path.of("/usr/bin/prlimit");

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// The limits of a run.
  ///
  /// @param time the longest run time
  /// @param output the largest output, in bytes
  /// @param disk the largest size of the folder of the repository, in bytes
  /// @param memory the largest address space of each process, in bytes, where `prlimit` is
  ///   installed
  public record Limits(Duration time, int output, long disk, long memory) {}

  /// A reader of the output of a run.
  @FunctionalInterface
  interface Reader<T> {
    T read(InputStream output) throws IOException;
  }

  /// Runs a command and returns its output.
  ///
  /// @param repository the folder of the repository
  /// @param settings settings of Git for this run, which may be secret
  /// @throws ProblemException `upstream-unavailable` if the command fails or exceeds a limit
  Bytes run(Path repository, Map<String, String> settings, List<String> words) {
    return run(
        repository,
        settings,
        words,
        output -> {
          Bytes read = Bytes.of(output.readNBytes(limits.output() + 1));
          if (read.length() > limits.output()) {
            throw new IOException("the output has more than %d bytes".formatted(limits.output()));
          }
          return read;
        });
  }

  /// Runs a command whose output is read while it runs.
  <T> T run(Path repository, Map<String, String> settings, List<String> words, Reader<T> reader) {
    return run(repository, settings, new Call(words, Bytes.EMPTY), reader);
  }

  /// A command with its standard input.
  record Call(List<String> words, Bytes input) {}

  /// Runs a command that reads its standard input.
  <T> T run(Path repository, Map<String, String> settings, Call call, Reader<T> reader) {
    Process process = begin(repository, settings, call.words());
    FutureTask<T> result = new FutureTask<>(() -> reader.read(process.getInputStream()));
    FutureTask<String> errors = new FutureTask<>(() -> errors(process.getErrorStream()));
    Thread.ofVirtual().name("git output").start(result);
    Thread.ofVirtual().name("git errors").start(errors);
    Thread.ofVirtual().name("git input").start(() -> feed(process, call.input()));
    try {
      watch(process, repository, result);
      if (!process.isAlive() && process.exitValue() != 0) {
        throw failed(call.words(), Excerpt.of(errors.get(5, TimeUnit.SECONDS)));
      }
      return result.get(limits.time().toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      Throwable cause = e.getCause();
      throw failed(call.words(), cause == null ? "no output" : String.valueOf(cause.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed(call.words(), "it was canceled");
    } catch (TimeoutException _) {
      throw failed(call.words(), "its output did not end");
    } finally {
      end(process);
    }
  }

  private Process begin(Path repository, Map<String, String> settings, List<String> words) {
    List<String> command = new ArrayList<>(limited());
    command.addAll(List.of(program.toString(), "-C", repository.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment(settings));
    // A program that sets limits would start without it.
    if (!Files.isExecutable(program)) {
      throw unusable("there is no such program");
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw unusable(Excerpt.of(String.valueOf(e.getMessage())));
    }
  }

  private ProblemException unusable(String why) {
    return new ProblemException(
        ErrorCode.CONFIG_INVALID, "cannot run %s: %s; install git".formatted(program, why));
  }

  /// Returns the words before the program that set its limits, which its own processes inherit.
  private List<String> limited() {
    String memory = "--as=%d:%d".formatted(limits.memory(), limits.memory());
    return Files.isExecutable(LIMITER)
        ? List.of(LIMITER.toString(), memory, "--core=0:0", "--")
        : List.of();
  }

  private Map<String, String> environment(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("core.hooksPath", "/dev/null");
    all.put("core.symlinks", "false");
    all.put("core.fsmonitor", "false");
    all.put("core.attributesFile", "/dev/null");
    all.put("transfer.fsckObjects", "true");
    all.put("fetch.fsckObjects", "true");
    // Larger files are not held in memory.
    all.put("core.bigFileThreshold", "16m");
    // Each thread has buffers of its own.
    all.put("pack.threads", "1");
    all.put("pack.windowMemory", "64m");
    all.put("pack.deltaCacheSize", "32m");
    all.put("core.deltaBaseCacheLimit", "64m");
    all.put("core.packedGitWindowSize", "16m");
    all.put("core.packedGitLimit", "128m");
    all.put("protocol.version", "2");
    all.put("gc.auto", "0");
    all.put("maintenance.auto", "false");
    all.put("http.followRedirects", "false");
    all.put("credential.helper", "");
    all.put("submodule.recurse", "false");
    all.putAll(settings);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.toString());
    environment.put("LC_ALL", "C");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_ATTR_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ASKPASS", "/bin/false");
    environment.put("GIT_ALLOW_PROTOCOL", "https:http");
    environment.put("GIT_NO_REPLACE_OBJECTS", "1");
    environment.put("GIT_CONFIG_COUNT", Integer.toString(all.size()));
    int number = 0;
    for (Map.Entry<String, String> each : all.entrySet()) {
      environment.put("GIT_CONFIG_KEY_" + number, each.getKey());
      environment.put("GIT_CONFIG_VALUE_" + number, each.getValue());
      number++;
    }
    return environment;
  }

  /// Returns the beginning of the messages, which contain foreign bytes. The rest is read, since a
  /// program whose messages are not read stops.
  private static String errors(InputStream messages) throws IOException {
    byte[] first = messages.readNBytes(MAX_ERRORS);
    long _ = messages.transferTo(OutputStream.nullOutputStream());
    return new String(first, StandardCharsets.UTF_8).strip();
  }

  private static void feed(Process process, Bytes input) {
    try (OutputStream out = process.getOutputStream()) {
      input.writeTo(out);
    } catch (IOException _) {
      // A program that fails does not read all of its input.
    }
  }

  /// Waits for the end, and ends the program when it exceeds a limit.
  private void watch(Process process, Path repository, Future<?> result)
      throws InterruptedException {
    long end = System.nanoTime() + limits.time().toNanos();
    while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (result.state() == Future.State.FAILED) {
        // Nobody reads the rest of the output.
        return;
      }
      boolean late = System.nanoTime() - end > 0;
      if (late || size(repository) > limits.disk()) {
        throw new ProblemException(
            ErrorCode.UPSTREAM_UNAVAILABLE,
            late
                ? "cannot fetch with git: it took longer than " + limits.time()
                : "cannot fetch with git: the repository has more than %d bytes"
                    .formatted(limits.disk()));
      }
    }
  }

  private static long size(Path folder) {
    long[] size = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              size[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              // git renames its temporary files meanwhile.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      // Measured again at the next look.
    }
    return size[0];
  }

  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static ProblemException failed(List<String> words, String why) {
    return new ProblemException(
        ErrorCode.UPSTREAM_UNAVAILABLE,
        "cannot run git %s: %s".formatted(words.getFirst(), Excerpt.of(why)));
  }
}
