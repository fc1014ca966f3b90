package lazaret.e2e.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import lazaret.testkit.CrossJvmLock;

/// The AOT cache of a program, which halves the time of a start, because the tests start hundreds
/// of programs. It is made once for each build from the tested jars, and the JVM refuses it for
/// others. If it cannot be made, programs start without it.
enum FastStart {
  GATE,
  CLI;

  private static final Path FOLDER = Machine.root().resolve("e2e/target/faster-starts");
  private static final List<Path> CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();

  /// Returns the options of the JVM: the class path and, if it exists, the cache.
  List<String> options() {
    List<String> options = new ArrayList<>();
    Path cache = FOLDER.resolve(Trained.KEY + "-" + this);
    if (Trained.IS && Files.exists(cache)) {
      options.add("-XX:AOTCache=" + cache);
      // As in the start scripts, because standard output belongs to the program.
      options.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
      options.add("-Xlog:aot*=error:stderr");
    }
    options.addAll(classPath());
    return options;
  }

  /// Returns the class path. Caches support only jars, and programs need no classes of this
  /// module's folders.
  private static List<String> classPath() {
    List<Path> jars = CLASS_PATH.stream().filter(Files::isRegularFile).toList();
    List<Path> all = isAllJars() ? jars : CLASS_PATH;
    return List.of(
        "-cp", String.join(File.pathSeparator, all.stream().map(Path::toString).toList()));
  }

  private static boolean isAllJars() {
    Path ours = Machine.root().resolve("e2e");
    return CLASS_PATH.stream()
        .allMatch(entry -> entry.startsWith(ours) || !Files.isDirectory(entry));
  }

  /// The training, which is done at the start of the first program.
  private static final class Trained {
    static final String KEY = key();
    static final boolean IS =
        isAllJars() && CrossJvmLock.hold(FOLDER.resolve("lock"), Trained::train);

    private static String key() {
      CRC32C sum = new CRC32C();
      for (Path entry : CLASS_PATH) {
        File file = entry.toFile();
        String text = "%s %d %d\n".formatted(entry, file.length(), file.lastModified());
        sum.update(text.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().toHexDigits(sum.getValue());
    }

    private static boolean train() {
      if (Stream.of(values()).allMatch(of -> Files.exists(FOLDER.resolve(KEY + "-" + of)))) {
        return true;
      }
      try {
        Files.createDirectories(FOLDER);
        Path drafts = Files.createTempDirectory(FOLDER, "new");
        run(drafts);
        clear();
        for (FastStart of : values()) {
          if (Files.exists(drafts.resolve(of.name()))) {
            Files.move(
                drafts.resolve(of.name()),
                FOLDER.resolve(KEY + "-" + of),
                StandardCopyOption.ATOMIC_MOVE);
          }
        }
        WorkFolder.delete(drafts);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot keep what makes starts faster", e);
      }
    }

    /// Removes the caches of earlier builds.
    private static void clear() throws IOException {
      try (Stream<Path> files = Files.list(FOLDER)) {
        files
            .filter(f -> Files.isRegularFile(f) && !isKept(f.getFileName().toString()))
            .forEach(WorkFolder::delete);
      }
    }

    private static boolean isKept(String name) {
      return name.startsWith(KEY) || name.equals("lock");
    }

    /// Runs both programs for the training. They start without a cache, because there is none yet.
    private static void run(Path drafts) {
      GateSettings settings =
          GateSettings.over(WorkFolder.folder("data"), WorkFolder.folder("upstream"))
              .option(output(drafts, GATE));
      try (GateProcess gate = GateProcess.start(settings)) {
        HttpProbeClient http = gate.http();
        http.index("training-crate");
        http.desk("/status");
        CliProcess.beside(gate).option(output(drafts, CLI)).run("status");
      }
    }

    private static String output(Path drafts, FastStart of) {
      return "-XX:AOTCacheOutput=" + drafts.resolve(of.name());
    }
  }
}
