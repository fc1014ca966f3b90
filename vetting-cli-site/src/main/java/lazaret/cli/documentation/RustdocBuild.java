package lazaret.cli.documentation;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lazaret.cli.desk.CliException;
import lazaret.cli.sandbox.DetonationRun;
import lazaret.cli.sandbox.DocumentationBuild;
import lazaret.cli.sandbox.LocalDetonation;
import lazaret.cli.sandbox.PackageCache;
import lazaret.cli.sandbox.SandboxedBuild;
import lazaret.cli.sandbox.ViolationReport;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DocumentationMetadata;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.DocumentationReport;
import lazaret.detonation.PageStreamWriter;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.sandbox.output.OutputExcerpt;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The build of documentation by `cargo doc` in the sandbox, without network access.
public final class RustdocBuild implements DocumentationBuild {
  private static final int MAX_TRACES = 100;

  /// Creates the build. [java.util.ServiceLoader] requires this constructor.
  public RustdocBuild() {}

  @Override
  public DocumentationOutcome document(
      LocalDetonation detonation, DetonationOrder order, OutputExcerpt output) {
    CrateArchive archive = new CrateArchive(order.name(), order.version(), order.crate());
    DocumentationMetadata metadata = DocumentationMetadata.of(archive);
    Pages pages = new Pages();
    try {
      LocalDetonation.Outcome outcome =
          detonation.run(
              archive,
              metadata,
              (phases, packages, lockfile, watching) ->
                  build(
                      new Packages(
                          phases, packages, lockfile, metadata.target(phases.sysroot()).orElse("")),
                      order,
                      watching,
                      pages));
      return switch (outcome) {
        case LocalDetonation.Outcome.Built(DetonationRun.Seen seen) ->
            new DocumentationOutcome.Documented(report(order, seen, output, pages), pages.taken());
        case LocalDetonation.Outcome.NotBuilt(String what, SandboxReport report) ->
            new DocumentationOutcome.Refused(
                ErrorCode.REFUSED_BY_POLICY,
                "cannot %s: %s: %s".formatted(what, ViolationReport.cause(report), output.text()));
        case LocalDetonation.Outcome.Refused(var code) ->
            new DocumentationOutcome.Refused(
                ErrorCode.REFUSED_BY_POLICY, "refused with code " + code.code());
      };
    } finally {
      pages.drop();
    }
  }

  /// The needs of a build.
  ///
  /// @param target the platform to document; empty for that of the machine
  private record Packages(
      SandboxedBuild phases, PackageCache cache, Lockfile lockfile, String target) {}

  /// The file with the pages of a build, and the compiler that made them.
  private static final class Pages {
    private String toolchain = "";
    private @Nullable Path file;
    private long bytes;

    /// Writes the pages of a folder into a temporary file.
    void write(Path folder) {
      try {
        Path made = Files.createTempFile("lazaret-pages", "");
        file = made;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made))) {
          int _ = PageStreamWriter.write(folder, out);
        }
        bytes = Files.size(made);
      } catch (IOException e) {
        // A build script may have made them so.
        throw new CliException(
            ErrorCode.REFUSED_BY_POLICY,
            "cannot read the pages in '%s': %s".formatted(folder, e),
            e);
      }
    }

    /// Returns the file, which is the caller's from then on; null if there is none.
    @Nullable Path taken() {
      Path made = file;
      file = null;
      return made;
    }

    /// Removes the file, unless it was taken.
    void drop() {
      Path made = taken();
      if (made != null) {
        try {
          Files.deleteIfExists(made);
        } catch (IOException e) {
          throw new CliException(
              ErrorCode.CONFIG_INVALID, "cannot remove '%s': %s".formatted(made, e), e);
        }
      }
    }
  }

  private static DetonationRun.Seen build(
      Packages packages, DetonationOrder order, OutputStream err, Pages pages) {
    pages.toolchain = toolchain(packages, err);
    List<String> words =
        CargoCommand.frozen(words(order, packages.target()), packages.phases().settings());
    SandboxReport report =
        packages
            .phases()
            .build(
                command(words, Map.of("RUSTDOCFLAGS", "--cap-lints allow")),
                packages.cache(),
                packages.lockfile(),
                err,
                err);
    Path doc = folder(packages.phases().target(), packages.target());
    // A build script may have put a link to another folder in its place.
    boolean built =
        report.ending().equals(new Ending.Exited(0))
            && Files.isDirectory(doc, LinkOption.NOFOLLOW_LINKS);
    if (built) {
      pages.write(doc);
    }
    return new DetonationRun.Seen(
        report, built ? DocumentationReport.BUILT : ending(report.ending()), new TreeSet<>());
  }

  private static SandboxedBuild.Command command(
      List<String> words, Map<String, String> environment) {
    return new SandboxedBuild.Command(
        words, SandboxMode.SEALED, false, Writes.DISCARD, false, environment);
  }

  /// Returns what the compiler says about itself, or an empty text if it fails. No code of the
  /// version runs before it.
  private static String toolchain(Packages packages, OutputStream err) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SandboxReport report =
        packages
            .phases()
            .build(
                command(List.of("rustc", "-V"), Map.of()),
                packages.cache(),
                packages.lockfile(),
                out,
                err);
    return report.ending().equals(new Ending.Exited(0))
        ? out.toString(StandardCharsets.UTF_8).strip()
        : "";
  }

  /// Returns the folder of the pages. Those of procedural macros are always for the machine.
  private static Path folder(Path target, String platform) {
    Path own = platform.isEmpty() ? target : target.resolve(platform);
    return Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS) && Files.exists(own.resolve("doc"))
        ? own.resolve("doc")
        : target.resolve("doc");
  }

  /// Returns the command. The version is a dependency of the project, so that it is named with its
  /// version: its own dependencies may contain another one of its crate.
  private static List<String> words(DetonationOrder order, String target) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "cargo",
                "doc",
                "--no-deps",
                "--lib",
                "--package",
                order.name().published() + "@" + order.version().text()));
    if (!target.isEmpty()) {
      words.addAll(List.of("--target", target));
    }
    return words;
  }

  private static String ending(Ending ending) {
    return switch (ending) {
      case Ending.Exited(int code) -> code == 0 ? "no pages" : "exit " + code;
      case Ending.Stopped(String limit) -> "stopped: " + limit;
    };
  }

  private static DocumentationReport report(
      DetonationOrder order, DetonationRun.Seen seen, OutputExcerpt output, Pages pages) {
    List<TraceInfo> denied = new ArrayList<>();
    for (Violation violation : seen.report().violations()) {
      if (ViolationReport.isGrave(violation) && denied.size() < MAX_TRACES) {
        denied.add(new TraceInfo(TraceInfo.Kind.DENIED, ViolationReport.sentence(violation)));
      }
    }
    String text = output.text();
    return new DocumentationReport(
        order.name(),
        order.version(),
        Sha256.of(order.crate()),
        seen.ending(),
        pages.toolchain,
        text.substring(Math.max(0, text.length() - DocumentationReport.MAX_OUTPUT)),
        denied,
        pages.bytes);
  }
}
