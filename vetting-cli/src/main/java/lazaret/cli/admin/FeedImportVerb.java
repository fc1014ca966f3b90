package lazaret.cli.admin;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.manual.OptionValue;
import lazaret.mirror.feeds.FeedFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.feeds.FeedFetchRequest;
import lazaret.vetting.deskapi.feeds.FeedImportRequest;
import lazaret.vetting.deskapi.feeds.FeedStatusInfo;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Import a feed from a file, folder or URL",
    description = {
      "",
      "A feed is RustSec's database as a checkout or archive, OSV records as a zip, a folder or a"
          + " single file, or a local list in TOML. Affected versions are re-evaluated before the"
          + " command ends."
    },
    footer = {
      "Examples:",
      "  vetting-cli feed import advisory-db/ --as-of 2026-11-20T00:00:00Z",
      "  vetting-cli feed import all.zip --kind osv",
      "  vetting-cli feed import https://intern.example/ban.toml --kind local --name ban"
    },
    exitCodeList = {"0:imported", "2:unreadable or refused", "3:gate unavailable"})
final class FeedImportVerb extends Verb {
  @Parameters(
      paramLabel = "PATH|URL",
      description = "Location of the feed; a URL is fetched by the gate.")
  String place = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = OptionValue.FeedForm.class,
      description = "rustsec, osv or local. Default: detected from the content.")
  @Nullable String kind;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the feed here. Default: the kind, or the name of the file.")
  @Nullable String name;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "Time of the data at its source (2026-11-20T00:00:00Z); the feed's age counts from it.")
  @Nullable String asOf;

  @Option(
      names = "--allow-fewer",
      description = "Accept a feed with less than half of the previous records.")
  boolean fewer;

  FeedImportVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    boolean remote = place.startsWith("https://") || place.startsWith("http://");
    Reply<FeedUpdateReply> reply =
        remote
            ? desk()
                .reply(
                    FeedOperations.FETCH_FEED,
                    new FeedFetchRequest(feedName(), address(), format()))
            : desk().reply(FeedOperations.IMPORT_FEED, file());
    FeedUpdateReply update = DeskClient.value(reply, attempt());
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      FeedText.print(terminal(), update);
    }
    return ExitCode.DONE;
  }

  private String attempt() {
    return "cannot import the feed '" + place + "'";
  }

  private FeedImportRequest file() {
    return new FeedImportRequest(
        feedName(),
        format(),
        time(),
        place,
        fewer,
        FeedFile.read(session().around().path(Path.of(place))).content());
  }

  private URI address() {
    try {
      return URI.create(place);
    } catch (IllegalArgumentException e) {
      throw usage("expected an address, found '%s'".formatted(Excerpt.of(place)), e);
    }
  }

  private FeedStatusInfo.@Nullable Format format() {
    String word = kind;
    if (word == null) {
      return null;
    }
    return KebabCase.parse(FeedStatusInfo.Format.class, word)
        .orElseThrow(
            () ->
                usage(
                    "expected --kind rustsec, osv or local, found '%s'".formatted(Excerpt.of(word)),
                    null));
  }

  private @Nullable Instant time() {
    if (asOf == null) {
      return null;
    }
    try {
      return Instant.parse(asOf);
    } catch (DateTimeException e) {
      throw usage(
          "expected --as-of 2026-11-20T00:00:00Z or another time in the past, found '%s'"
              .formatted(Excerpt.of(asOf)),
          e);
    }
  }

  private CliException usage(String detail, @Nullable Throwable cause) {
    return new CliException(ErrorCode.MALFORMED_INPUT, attempt() + ": " + detail, cause);
  }

  private String feedName() {
    if (name != null) {
      return name;
    }
    if (kind != null) {
      return kind;
    }
    String last = place.replaceAll("/+$", "");
    last =
        last.substring(last.lastIndexOf('/') + 1)
            .replaceAll("\\.(tar\\.gz|tgz|zip|toml|json)$", "");
    return last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
