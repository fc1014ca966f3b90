package lazaret.mirror.hosting;

import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RegistryResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.registry.RegistryWebApi;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.hosting.api.ApiReply;
import lazaret.vetting.hosting.api.CargoApiService;
import lazaret.vetting.hosting.api.PublishBody;
import lazaret.vetting.hosting.api.UploadRequest;
import lazaret.vetting.hosting.record.Provenance;
import org.jspecify.annotations.Nullable;

/// The handler of the web API of the private registry. Each refusal has the form that cargo prints.
final class PrivateApiHandler {
  private static final System.Logger LOG = System.getLogger(PrivateApiHandler.class.getName());

  /// The bytes of heap that each byte of an upload uses: the body, and the copy of the archive.
  private static final int MULTIPLE = 2;

  private final CargoApiService api;
  private final Function<String, Optional<Provenance.Job>> jobs;
  private final int longestUpload;

  /// Creates the handler.
  ///
  /// @param jobs finds the CI job of a token by its name
  /// @param maxArchive the largest archive of any crate, in bytes
  PrivateApiHandler(
      CargoApiService api, Function<String, Optional<Provenance.Job>> jobs, int maxArchive) {
    this.api = api;
    this.jobs = jobs;
    this.longestUpload =
        (int)
            Math.min(
                Integer.MAX_VALUE - 16,
                (long) maxArchive + PublishBody.MAX_DOCUMENT + PublishBody.LENGTHS);
  }

  /// Answers a request.
  ///
  /// @param path the rest of the path after `/private/api/v1/`
  /// @param by the holder of the token; null if the request has none, which may be enough to read
  HttpResponse respond(HttpRequest question, String path, @Nullable Caller by, RequestBudget room) {
    Optional<PrivatePaths.Named> named = PrivatePaths.named(path);
    if (named.isEmpty()) {
      return RegistryResponses.of(404, "this registry has nothing at this path");
    }
    try {
      return switch (named.get()) {
        case PrivatePaths.Named.Search() -> search(question, room);
        case PrivatePaths.Named.Publish() -> publish(question, by, room);
        case PrivatePaths.Named.Owners(String crate) -> owners(question, crate, by, room);
        case PrivatePaths.Named.Yank yank -> yank(question, yank, by);
      };
    } catch (LazaretException e) {
      LOG.log(System.Logger.Level.WARNING, "request {0}: {1}", question.id(), e.getMessage());
      return RegistryResponses.of(
              503,
              "the registry is not available now (%s); its log has request %s"
                  .formatted(e.code().code(), question.id()))
          .retryAfter(OverloadResponses.RETRY_AFTER)
          .coded(e.code().code());
    }
  }

  private HttpResponse search(HttpRequest question, RequestBudget room) {
    if (!question.reads()) {
      return method("GET, HEAD");
    }
    if (!room.query(ServerBudgets.EXPENSIVE_QUERY)) {
      return OverloadResponses.queries(question);
    }
    String most = RegistryWebApi.parameter(question.query(), "per_page");
    return RegistryResponses.of(
        api.search(
            RegistryWebApi.parameter(question.query(), "q"),
            most.matches("\\d{1,4}") ? Integer.parseInt(most) : 10));
  }

  private HttpResponse publish(HttpRequest question, @Nullable Caller by, RequestBudget room) {
    if (!question.method().equals("PUT")) {
      return method("PUT");
    }
    if (by == null) {
      return noToken();
    }
    return withBody(
        question,
        room,
        longestUpload,
        body ->
            api.publish(
                new UploadRequest(
                    by,
                    jobs.apply(by.name()).orElse(null),
                    question.header("user-agent").orElse(null),
                    body)));
  }

  private HttpResponse owners(
      HttpRequest question, String crate, @Nullable Caller by, RequestBudget room) {
    if (question.reads()) {
      return RegistryResponses.of(api.owners(crate));
    }
    boolean adds = question.method().equals("PUT");
    if (!adds && !question.method().equals("DELETE")) {
      return method("GET, HEAD, PUT, DELETE");
    }
    return by == null
        ? noToken()
        : withBody(
            question,
            room,
            CargoApiService.MAX_OWNERS_BODY,
            body -> api.changeOwners(by, crate, adds, body));
  }

  private HttpResponse yank(
      HttpRequest question, PrivatePaths.Named.Yank yank, @Nullable Caller by) {
    String method = yank.yanked() ? "DELETE" : "PUT";
    if (!question.method().equals(method)) {
      return method(method);
    }
    return by == null
        ? noToken()
        : RegistryResponses.of(api.yank(by, yank.crate(), yank.version(), yank.yanked()));
  }

  /// Reads a body of a known length. The length is compared before a byte is read.
  private static HttpResponse withBody(
      HttpRequest question, RequestBudget room, int most, Function<Bytes, ApiReply> then) {
    String length = question.header("content-length").orElse("");
    if (!length.matches("\\d{1,18}")) {
      return RegistryResponses.of(411, "expected the header content-length, found none");
    }
    int limit = Math.min(most, room.longestBody(MULTIPLE));
    if (Long.parseLong(length) > limit) {
      return tooLong(limit, length);
    }
    return switch (question.body().read(new RequestBodies.Limits(limit, MULTIPLE, room.body()))) {
      case RequestBodies.Read.Whole whole -> RegistryResponses.of(then.apply(whole.bytes()));
      case RequestBodies.Read.TooLong() -> tooLong(limit, length);
      case RequestBodies.Read.MemoryExhausted() ->
          OverloadResponses.respond(question, Long.parseLong(length));
    };
  }

  private static HttpResponse tooLong(int limit, String found) {
    return RegistryResponses.of(
        413, "expected a body of at most %d bytes, found %s".formatted(limit, found));
  }

  private static HttpResponse noToken() {
    return RegistryResponses.of(401, "this request needs a token");
  }

  private static HttpResponse method(String allowed) {
    return RegistryResponses.of(405, "this path accepts " + allowed + " only")
        .with("allow", allowed);
  }
}
