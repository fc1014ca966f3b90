package lazaret.credential;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credential provider of cargo. It replies in one of two protocols: JSON in lines, and the
/// token alone on standard output (`cargo:token-from-stdout`).
///
/// Cargo waits for it at each command. It therefore avoids streams, lambdas and pattern switches,
/// for which the JDK generates classes at their first use.
///
/// Source: Cargo reference, *Credential Provider Protocol* and *Registry Authentication*.
public final class CredentialCommand {
  /// The name of the command.
  public static final String NAME = "cargo-credential";

  /// The argument by which cargo selects the protocol of JSON. Cargo passes it alone: the arguments
  /// of its configuration are part of the request.
  public static final String PLUGIN = "--cargo-plugin";

  private static final String INDEX_VARIABLE = "CARGO_REGISTRY_INDEX_URL";
  private static final String HELLO = "{\"v\":[1]}";
  private static final int MAX_LINE = 64 << 10;
  private static final int MAX_REQUESTS = 16;
  private static final int USAGE = 2;

  private static final String HELP =
      "Give cargo the token of your login\n"
          + "\n"
          + "Usage: vetting-cli cargo-credential [INDEX]\n"
          + "\n"
          + "Cargo runs this command. It prints a token only for an index at which you signed in"
          + " with 'vetting-cli login'.\n"
          + "The index comes from CARGO_REGISTRY_INDEX_URL. The command reads no configuration of"
          + " the project and uses no network.\n"
          + "\n"
          + "Configuration in ~/.cargo/config.toml:\n"
          + "  [registries.lazaret]\n"
          + "  index = 'sparse+https://gate.example/index/'\n"
          + "  credential-provider = ['vetting-cli', 'cargo-credential']\n"
          + "\n"
          + "Exit codes:\n"
          + "  0  token or reply printed\n"
          + "  1  no token for this index\n"
          + "  2  no index named\n";

  private final Surroundings around;
  private final TokenLookup lookup;

  private CredentialCommand(Surroundings around) {
    this.around = around;
    this.lookup =
        new TokenLookup(
            CredentialsFile.of(around.environment(), around.home()).orElse(null), around.clock());
  }

  /// The streams and variables of the process.
  ///
  /// @param environment the environment variables
  /// @param home the user's home folder; null if there is none
  /// @param in the requests of cargo
  /// @param out the replies
  /// @param err messages for the person
  /// @param clock the only source of time
  public record Surroundings(
      Map<String, String> environment,
      @Nullable Path home,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Clock clock) {}

  /// Returns whether the words of a command line name this command.
  public static boolean isNamed(List<String> words) {
    return !words.isEmpty() && (words.getFirst().equals(NAME) || words.getFirst().equals(PLUGIN));
  }

  /// Runs the command.
  ///
  /// @param words the arguments, with or without the name of the command
  /// @return the exit code of the process: 0, also after a refusal in the protocol of JSON; 1 if
  ///   there is no token; 2 for a wrong command line
  public static int run(Surroundings around, List<String> words) {
    CredentialCommand command = new CredentialCommand(around);
    List<String> arguments =
        !words.isEmpty() && words.getFirst().equals(NAME) ? words.subList(1, words.size()) : words;
    int code = arguments.contains(PLUGIN) ? command.converse() : command.printToken(arguments);
    around.out().flush();
    around.err().flush();
    return code;
  }

  private int converse() {
    reply(HELLO);
    for (int i = 0; i < MAX_REQUESTS; i++) {
      String line;
      try {
        line = readLine();
      } catch (IOException _) {
        return 0;
      } catch (CredentialException e) {
        // The rest of a line that is too long cannot be skipped within a bound.
        reply(json(TokenOutcome.failed(PlainText.message(e.reason()))));
        return 0;
      }
      if (line == null) {
        return 0;
      }
      TokenOutcome outcome = outcome(line);
      report(outcome);
      reply(json(outcome));
    }
    return 0;
  }

  private TokenOutcome outcome(String line) {
    CargoRequest request;
    try {
      request = CargoRequest.parse(line);
    } catch (CredentialException e) {
      return TokenOutcome.failed(PlainText.message(e.reason()));
    }
    TokenOutcome found = lookup.find(request.indexUrl());
    return switch (request.kind()) {
      case "get" -> found;
      case "login" -> login(request.indexUrl(), found);
      case "logout" -> logout(found);
      default ->
          TokenOutcome.notSupported(
              "no action '" + PlainText.of(request.kind()) + "': expected get, login or logout");
    };
  }

  /// Cargo cannot show the code of a login while it waits, so that a command of its own does it.
  private static TokenOutcome login(String indexUrl, TokenOutcome found) {
    GateOrigin origin = GateOrigin.ofIndex(indexUrl).orElse(null);
    return origin == null || !origin.isProtected()
        ? found
        : TokenOutcome.notSupported("cargo does not sign in there; " + TokenLookup.advice(origin));
  }

  /// The token must also be revoked at the gate, for which the provider has no network.
  private static TokenOutcome logout(TokenOutcome found) {
    OriginToken token = found.token();
    return token == null
        ? found
        : TokenOutcome.notSupported(
            "cargo does not sign out there; run 'vetting-cli logout --server "
                + token.origin()
                + "'");
  }

  /// Prints the token of the index that cargo names in the environment. An index among the
  /// arguments must be the same one: the arguments come from a configuration that a project may
  /// have written.
  private int printToken(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      around.out().print(HELP);
      return 0;
    }
    String url = around.environment().get(INDEX_VARIABLE);
    String argument = arguments.isEmpty() ? null : arguments.getFirst();
    String index = url == null || url.isEmpty() ? argument : url;
    if (index == null || arguments.size() > 1) {
      around
          .err()
          .println(
              "error: cannot find the registry: expected "
                  + INDEX_VARIABLE
                  + " from cargo, or the URL of an index, found another command line; see"
                  + " 'vetting-cli cargo-credential --help'");
      return USAGE;
    }
    TokenOutcome outcome =
        argument == null || argument.equals(index)
            ? lookup.find(index)
            : TokenOutcome.otherUrl(
                "no token for '"
                    + PlainText.of(index)
                    + "': the configuration of cargo names another index as argument");
    OriginToken token = outcome.token();
    if (token == null) {
      report(outcome);
      return 1;
    }
    around.out().print(token.secret());
    around.out().print('\n');
    return 0;
  }

  private void report(TokenOutcome outcome) {
    if (outcome.token() == null) {
      around.err().println("vetting-cli: " + outcome.message());
    }
  }

  private void reply(String line) {
    around.out().print(line);
    around.out().print('\n');
    around.out().flush();
  }

  private static String json(TokenOutcome outcome) {
    OriginToken token = outcome.token();
    if (token == null) {
      String kind = "{\"Err\":{\"kind\":\"" + outcome.kind() + "\"";
      return outcome.kind().equals("other")
          ? kind + ",\"message\":\"" + outcome.message() + "\",\"caused-by\":[]}}"
          : kind + "}}";
    }
    Instant end = token.expires();
    String cache =
        end == null
            ? "\"cache\":\"session\""
            : "\"cache\":\"expires\",\"expiration\":" + end.getEpochSecond();
    return "{\"Ok\":{\"kind\":\"get\",\"token\":\""
        + token.secret()
        + "\","
        + cache
        + ",\"operation_independent\":true}}";
  }

  /// Returns the next line without its end, or null after the last one.
  ///
  /// @throws CredentialException if it is too long
  private @Nullable String readLine() throws IOException {
    byte[] bytes = new byte[MAX_LINE];
    int length = 0;
    for (int b = around.in().read(); b >= 0 && b != '\n'; b = around.in().read()) {
      if (length == MAX_LINE) {
        throw new CredentialException(
            "cannot read the request of cargo: expected at most "
                + MAX_LINE
                + " bytes in a line, found more");
      }
      bytes[length++] = (byte) b;
    }
    return length == 0 ? null : new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
