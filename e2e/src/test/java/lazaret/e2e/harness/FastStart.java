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

/// The JVM's cache of the classes of a program, which halves what a start costs: hundreds of them
/// are started here. It is made once for each build, of the very jars that the tests run, and the
/// JVM refuses it for others; where it cannot be made, programs start as they did.
enum FastStart {
  GATE,
  CLI;

  private static final Path FOLDER = Machine.root().resolve("e2e/target/faster-starts");
  private static final List<Path> CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();

  /// Returns the JVM's options: the class path and, where there is one, the cache.
  List<String> options() {
    List<String> options = new ArrayList<>();
    Path cache = FOLDER.resolve(Trained.KEY + "-" + this);
    if (Trained.IS && Files.exists(cache)) {
      options.add("-XX:AOTCache=" + cache);
      // As the start scripts do: standard output belongs to the program.
      options.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
      options.add("-Xlog:aot*=error:stderr");
    }
    options.addAll(classPath());
    return options;
  }

  /// Caches are for jars alone. What of this module is in folders, no program needs.
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

  /// Asked for by whoever starts the first program.
  private static final class Trained {
    static final String KEY = key();
    static final boolean IS = isAllJars() && train();

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
        Scratch.delete(drafts);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot keep what makes starts faster", e);
      }
    }

    /// Those of earlier builds are of no use any more.
    private static void clear() throws IOException {
      try (Stream<Path> files = Files.list(FOLDER)) {
        files
            .filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith(KEY))
            .forEach(Scratch::delete);
      }
    }

    /// Both start without a cache: while this runs, there is none yet.
    private static void run(Path drafts) {
      GateSettings settings =
          GateSettings.over(Scratch.folder("data"), Scratch.folder("upstream"))
              .option(output(drafts, GATE));
      try (GateProcess gate = GateProcess.start(settings)) {
        Http http = gate.http();
        http.index("training-crate");
        http.desk("/status");
        Cli.beside(gate).option(output(drafts, CLI)).run("status");
      }
    }

    private static String output(Path drafts, FastStart of) {
      return "-XX:AOTCacheOutput=" + drafts.resolve(of.name());
    }
  }
}
