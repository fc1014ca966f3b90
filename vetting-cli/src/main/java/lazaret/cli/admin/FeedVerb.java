package lazaret.cli.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.mirror.feeds.FeedFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `feed`, which imports or shows feeds of advisories.
@Command(
    name = "feed",
    header = "Import and show feeds of advisories",
    synopsisSubcommandLabel = "import|list|show|refresh|remove",
    footer = {
      "Examples:",
      "  vetting-cli feed list",
      "  vetting-cli feed import advisory-db.tar.gz",
      "  vetting-cli feed show RUSTSEC-2026-0260"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:gate unavailable"})
public final class FeedVerb extends VerbGroup {
  public FeedVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("import", new Import(session()));
    parts.put("list", new Listing(session()));
    parts.put("show", new Show(session()));
    parts.put("refresh", new Refresh(session()));
    parts.put("remove", new Remove(session()));
    return parts;
  }

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
  static final class Import extends Verb {
    @Parameters(
        paramLabel = "PATH|URL",
        description = "Location of the feed; a URL is fetched by the gate.")
    String place = "";

    @Option(
        names = "--kind",
        paramLabel = "KIND",
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
        names = "--fewer",
        description = "Accept a feed with less than half of the previous records.")
    boolean fewer;

    Import(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      String path = DeskQuestion.path("feeds", feedName());
      boolean remote = place.startsWith("https://") || place.startsWith("http://");
      DeskQuestion question =
          remote
              ? DeskQuestion.post(
                  path, JsonObject.builder().put("url", place).put("format", kind).build())
              : DeskQuestion.put(
                  path + query(), FeedFile.read(session().around().path(Path.of(place))).content());
      JsonObject taken =
          desk()
              .ask(
                  "cannot import the feed '" + place + "'",
                  question.patient(DeskQuestion.LONG_PATIENCE));
      if (session().json()) {
        terminal().json(taken);
        return ExitCode.DONE;
      }
      tell(this, taken);
      return ExitCode.DONE;
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

    private String query() {
      StringBuilder query = new StringBuilder("?origin=" + encoded(place));
      if (kind != null) {
        query.append("&format=").append(encoded(kind));
      }
      if (asOf != null) {
        query.append("&as-of=").append(encoded(asOf));
      }
      return query + (fewer ? "&fewer=true" : "");
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  private static void tell(Verb verb, JsonObject taken) {
    verb.terminal()
        .line(
            "feed '%s' (%s): %d records%s"
                .formatted(
                    taken.words("name"),
                    taken.words("format"),
                    taken.number("records"),
                    taken.text("newest").map(d -> ", the newest of " + d).orElse("")));
    taken.texts("complaints").forEach(c -> verb.terminal().note(c));
    followed(verb, taken.object("rejudged"));
  }

  private static void followed(Verb verb, JsonObject rejudged) {
    verb.terminal()
        .line(
            "re-evaluated: %d versions; %d withdrawn, %d released%s"
                .formatted(
                    rejudged.number("versions"),
                    rejudged.number("withdrawn"),
                    rejudged.number("freed"),
                    rejudged.number("withdrawn") + rejudged.number("freed") == 0
                        ? ""
                        : "; list them: vetting-cli events"));
    List<JsonObject> concerned = rejudged.objects("concerned");
    concerned.stream()
        .limit(20)
        .forEach(
            radius ->
                verb.terminal()
                    .note(
                        "%s %s has an advisory (clients that have it: %d, lockfiles that name it: %d): vetting-cli who %s@%s"
                            .formatted(
                                radius.words("name"),
                                radius.words("version"),
                                radius.objects("holders").size() + radius.number("more"),
                                radius.objects("lockfiles").size(),
                                radius.words("name"),
                                radius.words("version"))));
  }

  @Command(
      name = "list",
      header = "List feeds and their age",
      footer = {"Examples:", "  vetting-cli feed list"},
      exitCodeList = {"0:success", "3:gate unavailable"})
  static final class Listing extends Verb {
    Listing(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject feeds = desk().ask("cannot list the feeds", DeskQuestion.get("/feeds"));
      if (session().json()) {
        terminal().json(feeds);
        return ExitCode.DONE;
      }
      TextTable table = new TextTable("NAME", "KIND", "RECORDS", "AS OF", "NEWEST", "FROM");
      for (JsonObject feed : feeds.objects("feeds")) {
        table.row(
            Cell.of(TextStyle.STRONG, feed.words("name")),
            Cell.of(feed.words("format")),
            Cell.of(feed.number("records")),
            Cell.of(Timestamps.minute(feed.words("as_of"))),
            Cell.of(feed.words("newest")),
            Cell.of(feed.words("origin")));
      }
      terminal().table(table);
      terminal().line(feeds.object("age").words("detail"));
      for (JsonObject failing : feeds.objects("failing")) {
        terminal()
            .note(
                "the last refresh of '%s' failed: %s"
                    .formatted(failing.words("name"), failing.object("failure").words("why")));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "show",
      header = "Show the advisories of an id",
      footer = {"Examples:", "  vetting-cli feed show RUSTSEC-2026-0260"},
      exitCodeList = {"0:success", "3:gate unavailable", "5:no such advisory"})
  static final class Show extends Verb {
    @Parameters(
        paramLabel = "ID",
        description = "Id or alias of an advisory, in upper or lower case.")
    String id = "";

    Show(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject found =
          desk()
              .ask(
                  "cannot show '" + id + "'",
                  DeskQuestion.get(DeskQuestion.path("advisories", id)));
      if (session().json()) {
        terminal().json(found);
        return ExitCode.DONE;
      }
      for (JsonObject advisory : found.objects("advisories")) {
        terminal()
            .line(
                "%s (%s): %s, %s%s"
                    .formatted(
                        advisory.words("id"),
                        advisory.words("feed"),
                        advisory.words("kind"),
                        advisory.words("severity"),
                        advisory.flag("withdrawn") ? ", withdrawn" : ""));
        terminal().line("  " + advisory.words("title"));
        terminal().line("  " + advisory.words("name") + " " + advisory.words("affected"));
        advisory.text("url").ifPresent(url -> terminal().line("  " + url));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "refresh",
      header = "Fetch the configured feeds now",
      footer = {"Examples:", "  vetting-cli feed refresh"},
      exitCodeList = {"0:success, even if one failed", "3:gate unavailable"})
  static final class Refresh extends Verb {
    Refresh(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot refresh the feeds",
                  DeskQuestion.post("/feeds", JsonObject.builder().build())
                      .patient(DeskQuestion.LONG_PATIENCE));
      if (session().json()) {
        terminal().json(done);
        return ExitCode.DONE;
      }
      List<JsonObject> feeds = done.objects("feeds");
      if (feeds.isEmpty()) {
        terminal().line("no feeds are configured for fetching");
      }
      for (JsonObject feed : feeds) {
        feed.text("refused")
            .ifPresentOrElse(
                why -> terminal().note("feed '" + feed.words("name") + "' not changed: " + why),
                () -> tell(this, feed));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      header = "Remove a feed and re-evaluate the versions that it names",
      footer = {"Examples:", "  vetting-cli feed remove ban"},
      exitCodeList = {"0:removed", "3:gate unavailable", "5:no such feed"})
  static final class Remove extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the feed.")
    String name = "";

    Remove(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot remove the feed '" + name + "'",
                  DeskQuestion.delete(DeskQuestion.path("feeds", name))
                      .patient(DeskQuestion.LONG_PATIENCE));
      if (session().json()) {
        terminal().json(done);
      } else {
        terminal().line("feed '" + name + "' is removed");
        followed(this, done.object("rejudged"));
      }
      return ExitCode.DONE;
    }
  }
}
