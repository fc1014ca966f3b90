package lazaret.mirror.site;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;

/// The files of toolchains below the address that `RUSTUP_DIST_SERVER` names. Thread-safe; blocks.
public final class ToolchainHandler implements RouteHandler {
  private static final String FOLDER = "dist/";
  private static final String BASIC = "Basic ";

  private final SiteFileService files;
  private final boolean open;
  private final Function<String, Optional<Token>> tokens;

  /// Creates a handler.
  ///
  /// @param open whether no token is required
  /// @param tokens finds a valid token by its secret
  public ToolchainHandler(
      SiteFileService files, boolean open, Function<String, Optional<Token>> tokens) {
    this.files = files;
    this.open = open;
    this.tokens = tokens;
  }

  @Override
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    if (!open && token(question, sender).filter(each -> each.has(DeskRole.READER)).isEmpty()) {
      return HttpResponse.text(
              401,
              "toolchains need a token here: name it in RUSTUP_DIST_SERVER as"
                  + " https://token:SECRET@HOST/toolchains")
          .with("www-authenticate", "Basic realm=\"toolchains\"")
          .coded("unauthenticated");
    }
    String path = question.path().substring(RouteKind.TOOLCHAINS.prefix().length());
    Optional<SiteFileRow> row =
        path.startsWith(FOLDER)
            ? files.find(SiteFileCollection.TOOLCHAINS, path)
            : Optional.empty();
    return row.map(found -> found(question, found)).orElseGet(ToolchainHandler::missing);
  }

  /// Returns the token of rustup, which sends what its address contains as a password (RFC 7617).
  private Optional<Token> token(HttpRequest question, Sender sender) {
    Token valid = sender.token();
    if (valid != null) {
      return Optional.of(valid);
    }
    String sent = question.header("authorization").orElse("");
    if (!sent.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(sent.substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return tokens.apply(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private HttpResponse found(HttpRequest question, SiteFileRow row) {
    boolean channel = row.path().contains("/channel-rust-");
    String day = (open ? "public" : "private") + ", max-age=86400";
    return SiteFileResponse.of(question, files, row, channel ? SiteFileResponse.REVALIDATED : day);
  }

  private static HttpResponse missing() {
    return HttpResponse.text(
        404,
        "this toolchain or component was not admitted here; an administrator adds it with"
            + " 'vetting-cli toolchain add'");
  }
}
