package lazaret.cli.hosting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.hosting.PrivateImportRun.Archive;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.FolderUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.hosting.PrivateImportReply.Outcome;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.Validators;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `private import`, which publishes the archives of another registry.
@Command(
    name = "import",
    header = "Publish the archives of another registry as private crates",
    description = {
      "",
      "Each version gets all checks of a publication, and the policy can hold it. The folder has an"
          + " index and its crates, in a layout that 'import' knows: the SHA-256 of the index is"
          + " compared, and yanked versions are yanked. Or it has archives alone: then each file"
          + " NAME-VERSION.crate below it is taken. A second run continues after the versions that"
          + " are stored.",
      "A dependency can name the address of the other registry. The server takes it as its own if"
          + " private.former-addresses has it; a run, also with --dry-run, lists those that it"
          + " lacks."
    },
    footer = {
      "Examples:",
      "  vetting-cli private import /srv/registry --owner ada --dry-run",
      "  vetting-cli private import /srv/crates --archives-alone --owner group:platform"
    },
    exitCodeList = {
      "0:everything in the folder is stored, or would be",
      "1:an archive was refused; the others are stored",
      "2:no such folder, or nothing in it",
      "3:gate unavailable: run again",
      "4:SHA-256 of an archive differs from its index line; the others are stored",
      "5:unknown person or group as the owner"
    })
final class PrivateImportVerb extends Verb {
  private static final String SUFFIX = ".crate";
  private static final long MOST = 512L << 20;

  @Parameters(paramLabel = "FOLDER", description = "Folder of the other registry.")
  Path folder = Path.of("");

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      required = true,
      description = "Owner of the crates: a person, or group: and a group.")
  String owner = "";

  @Option(names = "--archives-alone", description = "The folder lacks an index: take each archive.")
  boolean archivesAlone;

  @Option(
      names = "--template",
      paramLabel = "PATH",
      description = "Path of an archive below the folder, with the markers of 'dl'.")
  @Nullable String template;

  @Option(names = "--dry-run", description = "Make all checks and store nothing.")
  boolean dryRun;

  PrivateImportVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    Path source = session().around().path(folder);
    PrivateImportRun importing =
        new PrivateImportRun(
            request -> desk().reply(HostingOperations.IMPORT, request), owner, dryRun);
    if (archivesAlone) {
      take(importing, archives(source, importing));
    } else {
      UpstreamOptions options = UpstreamOptions.DEFAULTS.withFolderTemplate(template);
      try (FolderUpstream mirror =
          new FolderUpstream(source, options, session().around().clock())) {
        List<Archive> all = new ArrayList<>();
        mirror.crates().forEach(name -> all.addAll(indexed(mirror, name, importing)));
        take(importing, all);
      }
    }
    return report(source, importing);
  }

  private void take(PrivateImportRun importing, List<Archive> archives) {
    if (archives.isEmpty() && importing.problems().isEmpty()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot import '%s': expected archives of crates, found none".formatted(folder));
    }
    try (ProgressLine progress = session().progress("importing")) {
      progress.begin("versions", archives.size(), "");
      importing.take(archives, progress::step);
      progress.complete();
    }
  }

  private static List<Archive> indexed(
      FolderUpstream mirror, CrateName name, PrivateImportRun importing) {
    return switch (mirror.index(name, Validators.NONE)) {
      case Upstream.IndexResponse.Fresh fresh -> {
        try {
          yield IndexFile.parse(name, fresh.body(), IndexLimits.DEFAULT).entries().stream()
              .map(
                  entry ->
                      new Archive(
                          entry.name(),
                          entry.version(),
                          entry.yanked(),
                          () -> bytes(mirror, entry)))
              .toList();
        } catch (MalformedException e) {
          importing.refuse(problem(name.published(), String.valueOf(e.getMessage())));
          yield List.of();
        }
      }
      case Upstream.IndexResponse.Unavailable none -> {
        importing.refuse(problem(name.published(), none.why()));
        yield List.of();
      }
      case Upstream.IndexResponse.Absent _, Upstream.IndexResponse.NotModified _ -> List.of();
    };
  }

  private static Problem problem(String name, String detail) {
    return new Problem(ErrorCode.REFUSED_BY_POLICY, detail, name, null, null);
  }

  private static Bytes bytes(FolderUpstream mirror, IndexEntry entry) {
    return switch (mirror.artifact(entry.id())) {
      case Upstream.ArtifactResponse.Received received -> {
        Bytes bytes = received.crate().bytes();
        if (!Sha256.of(bytes).equals(entry.cksum())) {
          throw new CliException(
              ErrorCode.CKSUM_MISMATCH, "the archive has another SHA-256 than its index line");
        }
        yield bytes;
      }
      case Upstream.ArtifactResponse.Absent _ ->
          throw new CliException(
              ErrorCode.REFUSED_BY_POLICY, "the folder has no archive of this version");
      case Upstream.ArtifactResponse.Unavailable none ->
          throw new CliException(ErrorCode.REFUSED_BY_POLICY, none.why());
    };
  }

  /// Returns the archives below a folder that has no index.
  private static List<Archive> archives(Path source, PrivateImportRun importing) {
    List<Archive> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUFFIX) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Archive archive = named(name.substring(0, name.length() - SUFFIX.length()), file);
          if (archive == null) {
            importing.refuse(problem(name, "expected a file NAME-VERSION.crate"));
          } else {
            all.add(archive);
          }
        }
      }
      return all;
    } catch (IOException | UncheckedIOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read the folder '%s': %s".formatted(source, e.getMessage()),
          e);
    }
  }

  /// Returns the archive of a name and a version, or null if the text is not both. A name can have
  /// dashes with digits after them, which a version begins with as well.
  private static @Nullable Archive named(String text, Path file) {
    for (int dash = text.indexOf('-'); dash > 0; dash = text.indexOf('-', dash + 1)) {
      String name = text.substring(0, dash);
      if (CrateName.isValid(name)) {
        try {
          CrateVersion version = CrateVersion.parse(text.substring(dash + 1));
          return new Archive(CrateName.parse(name), version, false, () -> bytes(file));
        } catch (MalformedException _) {
          // The version begins after a later dash.
        }
      }
    }
    return null;
  }

  private static Bytes bytes(Path file) {
    try {
      if (Files.size(file) > MOST) {
        throw new CliException(ErrorCode.TOO_LARGE, "the archive has over 512 MiB");
      }
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.REFUSED_BY_POLICY, "cannot read the archive: " + e.getMessage(), e);
    }
  }

  private ExitCode report(Path source, PrivateImportRun importing) {
    Report report =
        new Report(
            source.toString(),
            dryRun,
            importing.count(Outcome.PUBLISHED),
            importing.count(Outcome.HELD),
            importing.count(Outcome.PRESENT),
            importing.problems(),
            List.copyOf(importing.registries().keySet()));
    if (session().json()) {
      terminal().json(report);
    } else {
      TextTable table = new TextTable("VERSION", "WHY");
      for (Problem each : report.problems()) {
        table.row(
            Cell.of(
                TextStyle.STRONG,
                each.name() + (each.version() == null ? "" : " " + each.version())),
            Cell.of(each.detail()));
      }
      terminal().table(table);
      terminal()
          .line(
              "%s%d published, %d held, %d stored before, %d refused"
                  .formatted(
                      dryRun ? "nothing is stored; an import would give: " : "",
                      report.published(),
                      report.held(),
                      report.present(),
                      report.problems().size()));
      print(importing.registries());
    }
    return ExitCode.gravest(report.problems().stream().map(each -> exitCode(each.code())).toList());
  }

  /// Prints the setting for addresses of registries that the server does not know. A person decides
  /// which of them meant the imported registry: crates of the others could have any content.
  private void print(SortedMap<String, Integer> registries) {
    if (registries.isEmpty()) {
      return;
    }
    terminal().line("dependencies name registries that the server does not know:");
    registries.forEach(
        (address, versions) ->
            terminal().line("  %s (refused versions: %d)".formatted(address, versions)));
    terminal()
        .line(
            "add those that meant the imported registry to the configuration of the server, restart"
                + " it, and run the import again:");
    terminal().line("  [private]");
    terminal()
        .line(
            registries.keySet().stream()
                .collect(Collectors.joining("\", \"", "  former-addresses = [\"", "\"]")));
  }

  /// The folder is foreign, so that malformed content is a refusal and no mistake of the command.
  private static ExitCode exitCode(ErrorCode code) {
    ExitCode exit = ExitCode.of(code);
    return exit == ExitCode.USAGE ? ExitCode.REFUSED : exit;
  }

  /// The JSON of an import.
  ///
  /// @param folder the folder
  /// @param dryRun whether nothing was stored
  /// @param published the number of versions that were published
  /// @param held the number of versions that were published and are held
  /// @param present the number of versions that were stored before
  /// @param problems the refused versions
  /// @param foreignRegistries the addresses in dependencies that `private.former-addresses` lacks
  private record Report(
      String folder,
      boolean dryRun,
      long published,
      long held,
      long present,
      List<Problem> problems,
      List<String> foreignRegistries) {}
}
