package lazaret.cli.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "token",
    header = "Makes, lists and takes back tokens.",
    synopsisSubcommandLabel = "create|list|revoke",
    footer = {
      "Examples:",
      "  vetting-cli token create ci --scope read > ci.token",
      "  vetting-cli token list",
      "  vetting-cli token revoke ci"
    },
    exitCodeList = {"0:done", "2:see the verb's own help", "3:no gate answers"})
final class TokenVerb extends VerbGroup {
  TokenVerb(Session session) {
    super(session);
  }

  @Override
  SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("create", new Create(session()));
    parts.put("list", new Listing(session()));
    parts.put("revoke", new Revoke(session()));
    return parts;
  }

  @Command(
      name = "create",
      header = "Makes a token and prints its secret, this once.",
      description = {
        "",
        "The secret goes to standard output and nowhere else; the gate keeps its hash only."
      },
      footer = {
        "Examples:",
        "  vetting-cli token create ci --scope prefetch > ci.token",
        "  vetting-cli token create alice --scope review --expires 90d",
        "  vetting-cli token create alice-laptop --owner alice --scope review"
      },
      exitCodeList = {
        "0:made",
        "2:the name is malformed or in use, no scope, or an expiry that is past",
        "3:no gate answers"
      })
  static final class Create extends Verb {
    @Parameters(paramLabel = "NAME", description = "What people will call it.")
    String name = "";

    @Option(
        names = "--owner",
        paramLabel = "PERSON",
        description =
            "Who holds it, as the ledger shall say; the token's name where none is named. Give all"
                + " tokens of one person the same owner: where the policy wants two persons, owners"
                + " count.")
    @Nullable String owner;

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        split = ",",
        required = true,
        description =
            "read (use the registry), prefetch (have the gate fetch, for CI), review (decide) or admin"
                + " (everything); each includes the ones before.")
    List<String> scopes = new ArrayList<>();

    @Option(
        names = "--expires",
        paramLabel = "90d|DATE",
        description = "When it stops working: a span (90d, 12h, 6w) or the last day in UTC.")
    @Nullable String expires;

    Create(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject.Builder order = JsonObject.builder().put("name", name).texts("scopes", scopes);
      if (owner != null) {
        order.put("owner", owner);
      }
      if (expires != null) {
        order.put("expires", end(expires));
      }
      JsonObject token =
          desk().ask("cannot make the token", DeskQuestion.post("/tokens", order.build()));
      if (session().json()) {
        terminal().json(token);
      } else {
        terminal().line(token.words("secret"));
        terminal()
            .note(
                "token '%s' (%s)%s; the secret is not shown again"
                    .formatted(
                        token.words("name"),
                        String.join(", ", token.texts("scopes")),
                        token
                            .text("expires")
                            .map(at -> " works until " + Moments.minute(at))
                            .orElse("")));
      }
      return ExitCode.DONE;
    }

    private String end(String text) {
      try {
        return Moments.end(text, session().now()).toString();
      } catch (IllegalArgumentException e) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            "cannot make the token: --expires is '" + text + "', " + e.getMessage(),
            e);
      }
    }
  }

  @Command(
      name = "list",
      header = "Lists the tokens, without their secrets.",
      footer = {"Examples:", "  vetting-cli token list"},
      exitCodeList = {"0:told", "3:no gate answers"})
  static final class Listing extends Verb {
    Listing(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject tokens = desk().ask("cannot list the tokens", DeskQuestion.get("/tokens"));
      if (session().json()) {
        terminal().json(tokens);
        return ExitCode.DONE;
      }
      Table table = new Table("NAME", "OWNER", "SCOPES", "CREATED", "EXPIRES");
      for (JsonObject token : tokens.objects("tokens")) {
        table.row(
            Cell.of(Style.STRONG, token.words("name")),
            Cell.of(token.words("owner")),
            Cell.of(String.join(",", token.texts("scopes"))),
            Cell.of(Moments.minute(token.words("created"))),
            Cell.of(
                token
                    .text("expires")
                    .map(at -> Moments.distant(at, session().now()))
                    .orElse("never")));
      }
      terminal().table(table);
      if (table.isEmpty()) {
        terminal().line("there are no tokens");
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "revoke",
      header = "Takes a token back; it does not work any more when the command ends.",
      footer = {"Examples:", "  vetting-cli token revoke ci"},
      exitCodeList = {"0:taken back", "3:no gate answers", "5:there is no such token"})
  static final class Revoke extends Verb {
    @Parameters(paramLabel = "NAME", description = "The token.")
    String name = "";

    Revoke(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot take the token '" + name + "' back",
                  DeskQuestion.delete(DeskQuestion.path("tokens", name)));
      if (session().json()) {
        terminal().json(done);
      } else {
        terminal().line("token '" + name + "' is taken back");
      }
      return ExitCode.DONE;
    }
  }
}
