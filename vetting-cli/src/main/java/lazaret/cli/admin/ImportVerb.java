package lazaret.cli.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException.Problem;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.ProgressLine;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.vetting.crates.CrateName;
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
  public ExitCode run() {
    UpstreamOptions options = UpstreamOptions.DEFAULTS.withFolderTemplate(template);
    Path source = session().around().path(folder);
    try (FolderUpstream mirror = new FolderUpstream(source, options, session().around().clock())) {
      return report(source, take(mirror, mirror.crates()));
    }
  }

  private List<MirrorImportRun.Taken> take(FolderUpstream mirror, List<CrateName> names) {
    MirrorImportRun importing = new MirrorImportRun(desk(), mirror);
    try (ProgressLine progress = terminal().progress(names.size())) {
      return names.stream()
          .gather(
              Gatherers.mapConcurrent(
                  Math.clamp(jobs, 1, 64),
                  name -> {
                    MirrorImportRun.Taken taken = importing.take(name);
                    progress.step(name.published());
                    return taken;
                  }))
          .toList();
    }
  }

  private ExitCode report(Path source, List<MirrorImportRun.Taken> taken) {
    List<Problem> refused = taken.stream().flatMap(t -> t.refused().stream()).toList();
    Map<String, Long> counts = counts(taken, refused.size());
    String told =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    desk()
        .ask(
            "cannot record the import",
            DeskQuestion.post(
                "/import",
                JsonObject.builder().put("detail", "from " + source + ": " + told).build()));
    if (session().json()) {
      JsonObject.Builder document = JsonObject.builder().put("folder", source.toString());
      counts.forEach(document::put);
      terminal().json(document.list("problems", refused, ImportVerb::document).build());
    } else {
      TextTable table = new TextTable("CRATE", "CODE", "WHY");
      refused.forEach(
          p ->
              table.row(
                  Cell.of(
                      TextStyle.STRONG, p.name() + (p.version() == null ? "" : " " + p.version())),
                  Cell.of(TextStyle.BAD, p.code().code()),
                  Cell.of(p.detail())));
      terminal().table(table);
      terminal().line(told);
    }
    return ExitCode.gravest(refused.stream().map(ImportVerb::exitCode).toList());
  }

  private static Map<String, Long> counts(List<MirrorImportRun.Taken> taken, long refused) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("crates", (long) taken.size());
    counts.put("artefacts_taken", taken.stream().mapToLong(MirrorImportRun.Taken::taken).sum());
    counts.put(
        "artefacts_held_before", taken.stream().mapToLong(MirrorImportRun.Taken::before).sum());
    counts.put(
        "versions_without_a_file", taken.stream().mapToLong(MirrorImportRun.Taken::missing).sum());
    counts.put("refused", refused);
    return counts;
  }

  /// Returns the exit code of a problem. The folder is foreign, so malformed content is a refusal
  /// by the gate and not an error in the command.
  private static ExitCode exitCode(Problem problem) {
    ExitCode exit = ExitCode.of(problem.code());
    return exit == ExitCode.USAGE ? ExitCode.REFUSED : exit;
  }

  private static JsonObject document(Problem problem) {
    return JsonObject.builder()
        .put("name", problem.name())
        .put("version", problem.version())
        .put("code", problem.code().code())
        .put("detail", problem.detail())
        .build();
  }
}
