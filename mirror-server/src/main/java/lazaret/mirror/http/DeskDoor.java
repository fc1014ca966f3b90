package lazaret.mirror.http;

import java.util.Optional;
import lazaret.mirror.deskapi.DeskApi;
import lazaret.mirror.deskapi.DeskRequest;
import lazaret.mirror.deskapi.DeskResponse;
import lazaret.mirror.deskapi.DeskRoute;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.Token;

/// Carries the desk's API over HTTP. It always needs a token in a header, which a browser never
/// adds by itself; foreign origins are refused all the same, no CORS header is ever sent, no cookie
/// is set.
final class DeskDoor {
  static final String PREFIX = DeskRoute.PREFIX + "/";

  private final DeskApi api;
  private final Doorman doorman;
  private final HostNames names;
  private final Bytes openApi;

  DeskDoor(DeskApi api, Doorman doorman, HostNames names, Bytes openApi) {
    this.api = api;
    this.doorman = doorman;
    this.names = names;
    this.openApi = openApi;
  }

  Answer answer(Question question) {
    Optional<String> from = question.header("origin");
    boolean foreign = from.isPresent() && !names.own(from.get());
    if (foreign || question.header("sec-fetch-site").filter("cross-site"::equals).isPresent()) {
      return error(ErrorCode.FORBIDDEN, "the desk does not answer pages of another origin");
    }
    if (question.path().equals(PREFIX + "openapi.json") && question.reads()) {
      return Answer.json(200, openApi);
    }
    Optional<Token> token = doorman.token(question);
    if (token.isEmpty()) {
      return error(
              ErrorCode.UNAUTHENTICATED,
              "the desk needs a token that works: 'authorization: Bearer lzr_...'")
          .with("www-authenticate", "Bearer realm=\"lazaret desk\"");
    }
    return asked(question, token.get());
  }

  private Answer asked(Question question, Token token) {
    DeskRoute.Match match = DeskRoute.match(question.method(), question.path()).orElse(null);
    byte[] body = new byte[0];
    if (match != null && match.route().body() != DeskRoute.Body.NONE) {
      if (!rightType(question, match.route().body())) {
        return Answer.json(
            415,
            DeskResponse.error(
                    ErrorCode.MALFORMED_INPUT,
                    "content-type must be application/json, or application/octet-stream for imports")
                .body());
      }
      Optional<byte[]> read =
          token.may(match.route().scope())
              ? question.body().read(match.route().body().maxBytes())
              : Optional.of(body);
      if (read.isEmpty()) {
        return error(
            ErrorCode.TOO_LARGE,
            "at most %d bytes are taken".formatted(match.route().body().maxBytes()));
      }
      body = read.get();
    }
    DeskResponse response =
        api.handle(
            new DeskRequest(
                question.method(),
                question.path(),
                question.query(),
                Bytes.of(body),
                token,
                question.address()));
    Answer answer =
        Answer.json(response.status(), response.body()).with("cache-control", "no-store");
    return response.retryAfter() == null
        ? answer
        : answer.with("retry-after", Long.toString(response.retryAfter().toSeconds()));
  }

  private static boolean rightType(Question question, DeskRoute.Body body) {
    String type = question.header("content-type").orElse("").split(";", -1)[0].strip();
    return switch (body) {
      case NONE -> true;
      case JSON -> type.equalsIgnoreCase("application/json");
      case BYTES -> type.equalsIgnoreCase("application/octet-stream");
    };
  }

  private static Answer error(ErrorCode code, String detail) {
    DeskResponse response = DeskResponse.error(code, detail);
    return Answer.json(response.status(), response.body());
  }
}
