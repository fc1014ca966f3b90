package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import lazaret.cli.desk.CliException.Problem;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Progress;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.mirror.upstream.UpstreamOptions;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Takes over what another mirror holds: index files and crates of a folder.",
    description = {
      "",
      "Vets nothing by itself: every crate is checked against its index line and inspected like any"
          + " other, and served only where policy or a person lets it. The layouts of panamax, romt,"
          + " cargo's local registries and static mirrors are known. Run again, it goes on where it"
          + " stopped: what is held is not sent twice.",
      "",
      "Where several exit codes would be true, the gravest holds: 4, then 3, 1."
    },
    footer = {
      "Examples:",
      "  vetting-cli import /srv/panamax",
      "  vetting-cli import /srv/mirror --template 'files/{crate}-{version}.crate'"
    },
    exitCodeList = {
      "0:everything in the folder is held",
      "1:the gate refused an index file or an archive; the others are held",
      "2:there is no such folder, or it holds no index",
      "3:no gate answers: run again",
      "4:a crate does not have the SHA-256 of its index line; the others are held"
    })
final class ImportVerb extends Verb {
  @Parameters(paramLabel = "FOLDER", description = "The folder of the other mirror.")
  Path folder = Path.of("");

  @Option(
      names = "--template",
      paramLabel = "PATH",
      description =
          "Where the crates are below the folder, with the markers of 'dl'; without it, all known"
              + " layouts are tried.")
  @Nullable String template;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      defaultValue = "4",
      description = "How many crates at once; 4 where it is not named.")
  int jobs = 4;

  ImportVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    UpstreamOptions options = UpstreamOptions.DEFAULTS.withFolderTemplate(template);
    Path source = session().around().path(folder);
    try (FolderUpstream mirror = new FolderUpstream(source, options, session().around().clock())) {
      return report(source, take(mirror, mirror.crates()));
    }
  }

  private List<Importing.Taken> take(FolderUpstream mirror, List<CrateName> names) {
    Importing importing = new Importing(desk(), mirror);
    try (Progress progress = terminal().progress(names.size())) {
      return names.stream()
          .gather(
              Gatherers.mapConcurrent(
                  Math.clamp(jobs, 1, 64),
                  name -> {
                    Importing.Taken taken = importing.take(name);
                    progress.step(name.published());
                    return taken;
                  }))
          .toList();
    }
  }

  private ExitCode report(Path source, List<Importing.Taken> taken) {
    List<Problem> refused = taken.stream().flatMap(t -> t.refused().stream()).toList();
    Map<String, Long> counts = counts(taken, refused.size());
    String told =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    desk()
        .ask(
            "cannot note the import",
            DeskQuestion.post(
                "/import",
                JsonObject.builder().put("detail", "from " + source + ": " + told).build()));
    if (session().json()) {
      JsonObject.Builder document = JsonObject.builder().put("folder", source.toString());
      counts.forEach(document::put);
      terminal().json(document.list("problems", refused, ImportVerb::document).build());
    } else {
      Table table = new Table("CRATE", "CODE", "WHY");
      refused.forEach(
          p ->
              table.row(
                  Cell.of(Style.STRONG, p.name() + (p.version() == null ? "" : " " + p.version())),
                  Cell.of(Style.BAD, p.code().code()),
                  Cell.of(p.detail())));
      terminal().table(table);
      terminal().line(told);
    }
    return ExitCode.gravest(refused.stream().map(ImportVerb::exitCode).toList());
  }

  private static Map<String, Long> counts(List<Importing.Taken> taken, long refused) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("crates", (long) taken.size());
    counts.put("artefacts_taken", taken.stream().mapToLong(Importing.Taken::taken).sum());
    counts.put("artefacts_held_before", taken.stream().mapToLong(Importing.Taken::before).sum());
    counts.put("versions_without_a_file", taken.stream().mapToLong(Importing.Taken::missing).sum());
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
