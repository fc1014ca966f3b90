package lazaret.cli.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Gatherers;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.ImportNoteRequest;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `import`, which takes index files or crates of another mirror.
@Command(
    name = "import",
    header = "Import index files and crates of another mirror",
    description = {
      "",
      "The import does not vet: each crate is checked against its index line, inspected, and served"
          + " only if the policy or a person permits it. Known layouts are panamax, romt, cargo's"
          + " local registries and static mirrors. A second run continues after the crates that are"
          + " stored.",
      "",
      "If several exit codes apply, the gravest is used: 4, then 3, 1."
    },
    footer = {
      "Examples:",
      "  vetting-cli import /srv/panamax",
      "  vetting-cli import /srv/mirror --template 'files/{crate}-{version}.crate'"
    },
    exitCodeList = {
      "0:everything in the folder is stored",
      "1:an index file or archive was refused; the others are stored",
      "2:no such folder, or no index in it",
      "3:gate unavailable: run again",
      "4:SHA-256 of a crate differs from its index line; the others are stored"
    })
public final class ImportVerb extends Verb {
  @Parameters(paramLabel = "FOLDER", description = "Folder of the other mirror.")
  Path folder = Path.of("");

  @Option(
      names = "--template",
      paramLabel = "PATH",
      description =
          "Path of a crate below the folder, with the markers of 'dl'. Default: all known layouts"
              + " are tried.")
  @Nullable String template;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      defaultValue = "4",
      description = "Number of crates at once. Default: 4.")
  int jobs = 4;

  public ImportVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    UpstreamOptions options = UpstreamOptions.DEFAULTS.withFolderTemplate(template);
    Path source = session().around().path(folder);
    try (FolderUpstream mirror = new FolderUpstream(source, options, session().around().clock())) {
      return report(source, take(mirror));
    }
  }

  private List<MirrorImportRun.Taken> take(FolderUpstream mirror) {
    try (ProgressLine progress = session().progress("importing")) {
      progress.begin("index", 0, "files");
      List<CrateName> names = mirror.crates();
      MirrorImportRun importing = new MirrorImportRun(desk(), mirror);
      progress.begin("crates", names.size(), "");
      List<MirrorImportRun.Taken> all =
          names.stream()
              .gather(
                  Gatherers.mapConcurrent(
                      Math.clamp(jobs, 1, 64),
                      name -> {
                        MirrorImportRun.Taken taken = importing.take(name);
                        progress.step();
                        return taken;
                      }))
              .toList();
      progress.complete();
      return all;
    }
  }

  private ExitCode report(Path source, List<MirrorImportRun.Taken> taken) {
    Report report = Report.of(source, taken);
    desk()
        .call(
            StoreOperations.NOTE_IMPORT,
            new ImportNoteRequest("from " + source + ": " + report.sentence()),
            "cannot record the import");
    if (session().json()) {
      terminal().json(report);
    } else {
      TextTable table = new TextTable("CRATE", "CODE", "WHY");
      report
          .problems()
          .forEach(
              p ->
                  table.row(
                      Cell.of(
                          TextStyle.STRONG,
                          p.name() + (p.version() == null ? "" : " " + p.version())),
                      Cell.of(TextStyle.BAD, p.code().code()),
                      Cell.of(p.detail())));
      terminal().table(table);
      terminal().line(report.sentence());
    }
    return ExitCode.gravest(report.problems().stream().map(ImportVerb::exitCode).toList());
  }

  /// Returns the exit code of a problem. The folder is foreign, so malformed content is a refusal
  /// by the gate and not an error in the command.
  private static ExitCode exitCode(Problem problem) {
    ExitCode exit = ExitCode.of(problem.code());
    return exit == ExitCode.USAGE ? ExitCode.REFUSED : exit;
  }

  /// The JSON of an import.
  ///
  /// @param folder the folder of the other mirror
  /// @param crates the number of crates in it
  /// @param artifactsImported the number of artifacts that were sent and stored
  /// @param artifactsStoredBefore the number of artifacts that were stored before
  /// @param versions_without_a_file the number of versions without a file in the folder
  /// @param refused the number of problems
  /// @param problems the versions that the gate refused or that the folder cannot provide
  // The camel-case form of `a_file` would be written as `afile`.
  @SuppressWarnings("MemberName")
  private record Report(
      String folder,
      long crates,
      long artifactsImported,
      long artifactsStoredBefore,
      long versions_without_a_file,
      long refused,
      List<Problem> problems) {
    static Report of(Path folder, List<MirrorImportRun.Taken> taken) {
      List<Problem> problems = taken.stream().flatMap(t -> t.refused().stream()).toList();
      return new Report(
          folder.toString(),
          taken.size(),
          taken.stream().mapToLong(MirrorImportRun.Taken::taken).sum(),
          taken.stream().mapToLong(MirrorImportRun.Taken::before).sum(),
          taken.stream().mapToLong(MirrorImportRun.Taken::missing).sum(),
          problems.size(),
          problems);
    }

    /// Returns the numbers as a sentence.
    String sentence() {
      return "%d crates, %d artifacts imported, %d artifacts stored before, %d versions without a file, %d refused"
          .formatted(
              crates, artifactsImported, artifactsStoredBefore, versions_without_a_file, refused);
    }
  }
}
