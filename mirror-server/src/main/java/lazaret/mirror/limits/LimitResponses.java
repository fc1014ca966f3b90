package lazaret.mirror.limits;

import java.time.Duration;
import lazaret.mirror.http.ErrorResponses;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Problem;

/// The responses to clients that exceed a rate limit: 429 with the time after which to repeat the
/// request (RFC 6585 §4). The text is what cargo prints.
public final class LimitResponses {
  private static final int MAX_PATH = 200;

  private LimitResponses() {}

  /// Returns the response to a refused request.
  public static HttpResponse of(HttpRequest question, ClientLimits.Refused refused) {
    Problem problem = problem(question.path(), refused);
    HttpResponse answer =
        switch (RouteKind.of(question.path())) {
          case DESK, IDENTITY, WEB_API ->
              ErrorResponses.of(problem).with("cache-control", "no-store");
          case PRIVATE ->
              RouteKind.isPrivateApi(question.path())
                  ? ErrorResponses.of(problem).with("cache-control", "no-store")
                  : HttpResponse.text(429, problem.detail());
          case INDEX,
              DOWNLOAD,
              SNAPSHOTS,
              AUDITS,
              WEB_DESK,
              TOOLCHAINS,
              SITE,
              DOCUMENTATION,
              HEALTH,
              METRICS,
              PAGE ->
              HttpResponse.text(429, problem.detail());
        };
    return answer.retryAfter(refused.retryAfter()).coded(ErrorCode.RATE_LIMITED.code());
  }

  /// Returns the refusal as a problem of the desk API, with the time of the next attempt in its
  /// text.
  ///
  /// @param path the path of the request
  public static Problem problem(String path, ClientLimits.Refused refused) {
    return new Problem(
        ErrorCode.RATE_LIMITED,
        "%s: expected at most %s, found more; try again in %s%s"
            .formatted(
                action(refused.weight(), path.length() > MAX_PATH ? "the request" : path),
                refused.limit(),
                pause(refused.retryAfter()),
                refused.weight() == RequestWeight.SUBMISSION ? identified(path) : ""));
  }

  /// Returns the way to more requests for versions: a token, or a session for a person on a page.
  private static String identified(String path) {
    return RouteKind.of(path) == RouteKind.WEB_DESK ? ", or sign in" : ", or with a token";
  }

  private static String action(RequestWeight weight, String path) {
    return switch (weight) {
      case READ, DESK -> "cannot serve " + path;
      case UPSTREAM -> "cannot ask upstream for " + path;
      case SIGN_IN -> "cannot check the credential of " + path;
      case SUBMISSION -> "cannot accept the request for a version";
      case PUBLISH -> "cannot accept the version at " + path;
    };
  }

  /// Returns a time in whole seconds, or in minutes if it is longer than two, rounded up.
  private static String pause(Duration left) {
    long seconds = Math.max(1, left.plusMillis(999).toSeconds());
    return seconds <= 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
