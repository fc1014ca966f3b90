package lazaret.cli.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.manual.OptionValue;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokenRevokeReply;
import lazaret.vetting.deskapi.tokens.TokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.TokensReply;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.text.KebabCase;
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
      "  vetting-cli token create ci --role reader > ci.token",
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
        "  vetting-cli token create ci --role prefetcher > ci.token",
        "  vetting-cli token create alice --role reviewer --expires 90d",
        "  vetting-cli token create bob --role 'reviewer:zstd-* serde' --role auditor",
        "  vetting-cli token create alice-laptop --owner alice --role reviewer"
      },
      exitCodeList = {
        "0:created",
        "2:malformed or existing name, no role, or an expiry in the past",
        "3:gate unavailable"
      })
  static final class Create extends DeskVerb<TokenCreateRequest, TokenCreateReply> {
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
        names = "--role",
        paramLabel = "ROLE",
        completionCandidates = OptionValue.Role.class,
        description =
            "reader (use the registry), requester (request versions), prefetcher (let the gate"
                + " fetch, for CI), reviewer (decide), auditor (read everything) or admin"
                + " (everything); for private crates publish-new, publish-update, yank and"
                + " change-owners. 'reviewer:PATTERN ...' limits decisions to crates,"
                + " 'publish-update:acme-*' a scope. Repeatable.")
    List<String> roles = new ArrayList<>();

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        split = ",",
        description =
            "Older names of roles: read (requester), prefetch (prefetcher), review (reviewer) or"
                + " admin.")
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
    protected Operation<TokenCreateRequest, TokenCreateReply> operation() {
      return TokenOperations.CREATE_TOKEN;
    }

    @Override
    protected TokenCreateRequest request() {
      if (roles.isEmpty() && scopes.isEmpty()) {
        throw mistake(
            "expected --role, such as reader, prefetcher, reviewer or publish-new, found none",
            null);
      }
      roles.forEach(this::check);
      return new TokenCreateRequest(
          name,
          owner,
          scopes.stream().map(this::scope).toList(),
          roles,
          expires == null ? null : end(expires));
    }

    @Override
    protected String attempt() {
      return "cannot create the token";
    }

    @Override
    protected void print(TokenCreateReply token) {
      terminal().line(token.secret().text());
      Instant end = token.expires();
      terminal()
          .note(
              "token '%s' (%s)%s; the secret is not shown again"
                  .formatted(
                      token.name(),
                      String.join(", ", token.roles()),
                      end == null ? "" : " is valid until " + Timestamps.minute(end)));
    }

    private void check(String text) {
      try {
        RoleGrant.parse(text);
      } catch (MalformedException e) {
        throw mistake(String.valueOf(e.getMessage()), e);
      }
    }

    private Scope scope(String text) {
      return KebabCase.parse(Scope.class, text.strip().toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  mistake(
                      "expected --scope read, prefetch, review or admin, found '%s'"
                          .formatted(Excerpt.of(text)),
                      null));
    }

    private Instant end(String text) {
      try {
        return Timestamps.end(text, session().now());
      } catch (IllegalArgumentException e) {
        throw mistake("--expires is '" + text + "', " + e.getMessage(), e);
      }
    }

    private CliException mistake(String detail, @Nullable Throwable cause) {
      return new CliException(ErrorCode.MALFORMED_INPUT, attempt() + ": " + detail, cause);
    }
  }

  @Command(
      name = "list",
      header = "List tokens without their secrets",
      footer = {"Examples:", "  vetting-cli token list"},
      exitCodeList = {"0:success", "3:gate unavailable"})
  static final class Listing extends EmptyRequestVerb<TokensReply> {
    Listing(CliSession session) {
      super(session, () -> TokenOperations.TOKENS, "cannot list the tokens");
    }

    @Override
    protected void print(TokensReply reply) {
      TextTable table = new TextTable("NAME", "OWNER", "ROLES", "CREATED", "EXPIRES");
      for (TokenInfo token : reply.tokens()) {
        Instant end = token.expires();
        table.row(
            Cell.of(TextStyle.STRONG, token.name()),
            Cell.of(token.owner()),
            Cell.of(String.join(", ", token.roles())),
            Cell.of(Timestamps.minute(token.created())),
            Cell.of(end == null ? "never" : Timestamps.distant(end, session().now())));
      }
      terminal().table(table);
      if (table.isEmpty()) {
        terminal().line("no tokens");
      }
    }
  }

  @Command(
      name = "revoke",
      header = "Revoke a token with immediate effect",
      footer = {"Examples:", "  vetting-cli token revoke ci"},
      exitCodeList = {"0:revoked", "3:gate unavailable", "5:no such token"})
  static final class Revoke extends DeskVerb<TokenRevokeRequest, TokenRevokeReply> {
    @Parameters(paramLabel = "NAME", description = "Name of the token.")
    String name = "";

    Revoke(CliSession session) {
      super(session);
    }

    @Override
    protected Operation<TokenRevokeRequest, TokenRevokeReply> operation() {
      return TokenOperations.REVOKE_TOKEN;
    }

    @Override
    protected TokenRevokeRequest request() {
      return new TokenRevokeRequest(name);
    }

    @Override
    protected String attempt() {
      return "cannot revoke the token '" + name + "'";
    }

    @Override
    protected void print(TokenRevokeReply reply) {
      terminal().line("token '" + reply.revoked() + "' is revoked");
    }
  }
}
