package lazaret.cli.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `token`, which creates, lists or revokes tokens.
@Command(
    name = "token",
    header = "Create, list and revoke tokens",
    synopsisSubcommandLabel = "create|list|revoke",
    footer = {
      "Examples:",
      "  vetting-cli token create ci --scope read > ci.token",
      "  vetting-cli token list",
      "  vetting-cli token revoke ci"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:gate unavailable"})
public final class TokenVerb extends VerbGroup {
  public TokenVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("create", new Create(session()));
    parts.put("list", new Listing(session()));
    parts.put("revoke", new Revoke(session()));
    return parts;
  }

  @Command(
      name = "create",
      header = "Create a token and print its secret once",
      description = {
        "",
        "The secret is printed on standard output only; the gate keeps only its hash."
      },
      footer = {
        "Examples:",
        "  vetting-cli token create ci --scope prefetch > ci.token",
        "  vetting-cli token create alice --scope review --expires 90d",
        "  vetting-cli token create alice-laptop --owner alice --scope review"
      },
      exitCodeList = {
        "0:created",
        "2:malformed or existing name, no scope, or an expiry in the past",
        "3:gate unavailable"
      })
  static final class Create extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the token.")
    String name = "";

    @Option(
        names = "--owner",
        paramLabel = "PERSON",
        description =
            "Owner of the token, as named in the ledger. Default: the name of the token. Give all"
                + " tokens of one person the same owner: if the policy requires two persons, owners"
                + " count.")
    @Nullable String owner;

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        split = ",",
        required = true,
        description =
            "read (use the registry), prefetch (let the gate fetch, for CI), review (decide) or"
                + " admin (everything); each includes the previous ones.")
    List<String> scopes = new ArrayList<>();

    @Option(
        names = "--expires",
        paramLabel = "90d|DATE",
        description = "End of validity: a span (90d, 12h, 6w) or the last day in UTC.")
    @Nullable String expires;

    Create(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject.Builder order = JsonObject.builder().put("name", name).texts("scopes", scopes);
      if (owner != null) {
        order.put("owner", owner);
      }
      if (expires != null) {
        order.put("expires", end(expires));
      }
      JsonObject token =
          desk().ask("cannot create the token", DeskQuestion.post("/tokens", order.build()));
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
                            .map(at -> " is valid until " + Timestamps.minute(at))
                            .orElse("")));
      }
      return ExitCode.DONE;
    }

    private String end(String text) {
      try {
        return Timestamps.end(text, session().now()).toString();
      } catch (IllegalArgumentException e) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            "cannot create the token: --expires is '" + text + "', " + e.getMessage(),
            e);
      }
    }
  }

  @Command(
      name = "list",
      header = "List tokens without their secrets",
      footer = {"Examples:", "  vetting-cli token list"},
      exitCodeList = {"0:success", "3:gate unavailable"})
  static final class Listing extends Verb {
    Listing(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject tokens = desk().ask("cannot list the tokens", DeskQuestion.get("/tokens"));
      if (session().json()) {
        terminal().json(tokens);
        return ExitCode.DONE;
      }
      TextTable table = new TextTable("NAME", "OWNER", "SCOPES", "CREATED", "EXPIRES");
      for (JsonObject token : tokens.objects("tokens")) {
        table.row(
            Cell.of(TextStyle.STRONG, token.words("name")),
            Cell.of(token.words("owner")),
            Cell.of(String.join(",", token.texts("scopes"))),
            Cell.of(Timestamps.minute(token.words("created"))),
            Cell.of(
                token
                    .text("expires")
                    .map(at -> Timestamps.distant(at, session().now()))
                    .orElse("never")));
      }
      terminal().table(table);
      if (table.isEmpty()) {
        terminal().line("no tokens");
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "revoke",
      header = "Revoke a token with immediate effect",
      footer = {"Examples:", "  vetting-cli token revoke ci"},
      exitCodeList = {"0:revoked", "3:gate unavailable", "5:no such token"})
  static final class Revoke extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the token.")
    String name = "";

    Revoke(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot revoke the token '" + name + "'",
                  DeskQuestion.delete(DeskQuestion.path("tokens", name)));
      if (session().json()) {
        terminal().json(done);
      } else {
        terminal().line("token '" + name + "' is revoked");
      }
      return ExitCode.DONE;
    }
  }
}
