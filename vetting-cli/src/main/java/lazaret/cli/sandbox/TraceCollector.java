package lazaret.cli.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lazaret.detonation.DetonationProject;
import lazaret.sandbox.Violation;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.vetting.detonation.Detonation;
import lazaret.vetting.detonation.Detonation.Kind;
import lazaret.vetting.detonation.Detonation.Trace;

/// The recorded behavior of the code of one version during its build, from the files that the build
/// left. All of them are foreign: links are not followed, and all sizes are bounded.
///
/// Source: Cargo reference, *Build Scripts* (outputs) and *Build cache* (dep-info files).
final class TraceCollector {
  private static final int MAX_FILE = 1 << 20;
  private static final Pattern HASH = Pattern.compile("-[0-9a-f]{16}(?=[/.]|$)");
  private static final Pattern OUT =
      Pattern.compile(Pattern.quote(SandboxPaths.TARGET) + "/\\S*?/build/[^/\\s]+/out");

  private final String crate;
  private final SortedSet<Trace> found = new TreeSet<>();

  /// Creates an empty record.
  ///
  /// @param crate the name of the version's crate
  TraceCollector(String crate) {
    this.crate = crate;
  }

  /// Returns the recorded traces, at most as many as the desk accepts.
  SortedSet<Trace> found() {
    if (found.size() <= Detonation.MAX_TRACES) {
      return found;
    }
    return new TreeSet<>(found.stream().limit(Detonation.MAX_TRACES).toList());
  }

  private void add(Kind kind, String what) {
    String text =
        HASH.matcher(OUT.matcher(what).replaceAll("\\$OUT_DIR"))
            .replaceAll("")
            .replace(SandboxPaths.PROJECT + "/" + DetonationProject.FOLDER, "$CRATE")
            .replaceAll("\\p{Cntrl}", "?")
            .strip();
    if (!text.isEmpty()) {
      found.add(new Trace(kind, text.substring(0, Math.min(text.length(), Detonation.MAX_TEXT))));
    }
  }

  /// Adds the actions that the sandbox denied. Those of other crates are recorded with the names of
  /// these crates.
  void denied(List<Violation> violations) {
    for (Violation violation : violations) {
      String what = ViolationReport.word(violation.kind()) + " " + violation.resource();
      String by = violation.origin().crate().orElse(crate);
      add(Kind.DENIED, by.equals(crate) ? what : what + " by " + by);
    }
  }

  /// Adds programs that ran.
  void ran(Iterable<String> programs) {
    programs.forEach(program -> add(Kind.RAN, program));
  }

  /// Adds the files that a build left in a target folder.
  ///
  /// @param profile the folder of the profile: `debug`
  void left(Path profile) throws IOException {
    for (Path folder : children(profile.resolve("build"), crate + "-")) {
      said(folder.resolve("output"));
      wrote(folder.resolve("out"));
      read(folder);
    }
    read(profile.resolve("deps"));
  }

  private void said(Path output) throws IOException {
    for (String line : lines(output)) {
      if (line.startsWith("cargo:")) {
        add(Kind.SAID, line.startsWith("cargo::") ? line.substring(7) : line.substring(6));
      }
    }
  }

  private void wrote(Path out) throws IOException {
    if (!Files.isDirectory(out, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        out,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String form = attributes.isRegularFile() ? "" : " (no regular file)";
            add(Kind.WROTE, "$OUT_DIR/" + out.relativize(file) + form);
            return found.size() > Detonation.MAX_TRACES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        });
  }

  /// Reads dep-info files, which name the input files of a compilation, and variables.
  private void read(Path folder) throws IOException {
    for (Path file : children(folder, "")) {
      String name = file.getFileName().toString();
      boolean own =
          name.startsWith(crate.replace('-', '_') + "-") || name.startsWith("build_script_");
      if (own && name.endsWith(".d")) {
        lines(file).forEach(this::dependency);
      }
    }
  }

  private void dependency(String line) {
    if (line.startsWith("# env-dep:")) {
      String variable = line.substring("# env-dep:".length());
      int equals = variable.indexOf('=');
      add(Kind.READ, "variable " + (equals < 0 ? variable : variable.substring(0, equals)));
    } else if (line.endsWith(":") && !line.startsWith(SandboxPaths.TARGET)) {
      String path = line.substring(0, line.length() - 1);
      boolean source = path.startsWith("subject/") || path.startsWith(SandboxPaths.PROJECT);
      if (!source) {
        add(Kind.READ, path);
      }
    }
  }

  private static List<Path> children(Path folder, String start) throws IOException {
    List<Path> all = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return all;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().startsWith(start)
            && all.size() < Detonation.MAX_TRACES) {
          all.add(entry);
        }
      }
    }
    all.sort(null);
    return all;
  }

  private static List<String> lines(Path file) throws IOException {
    // Opening a file that is not regular could block.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
