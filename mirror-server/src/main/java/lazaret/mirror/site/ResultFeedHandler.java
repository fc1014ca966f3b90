package lazaret.mirror.site;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;
import lazaret.results.ResultService;
import lazaret.vetting.Bytes;

/// The feed of the signed inspection results of this gate: lines after a number, as `GET
/// /site/results?since=LINE`. Gates with another inspector get the same lines, because they need
/// the revocations among them.
public final class ResultFeedHandler implements RouteHandler {
  /// The path of the feed.
  public static final String PATH = "/site/results";

  /// The size after which a part has no further line.
  private static final int MAX_BYTES = 2 << 20;

  private static final Pattern FORM = Pattern.compile("since=(\\d{1,18})");

  private final ResultService results;

  /// Creates the handler.
  public ResultFeedHandler(ResultService results) {
    this.results = results;
  }

  @Override
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    if (!results.publishes()) {
      return HttpResponse.text(404, "this server signs no inspection results");
    }
    Matcher query = FORM.matcher(question.query());
    if (!query.matches()) {
      return HttpResponse.text(400, "expected the query since=LINE");
    }
    long since = Long.parseLong(query.group(1));
    if (since > results.last()) {
      // Without this, the asking gate would miss the lines that get its numbers again.
      return HttpResponse.text(
          409,
          "this server has %d lines: it was restored or set up again; use another name for it"
              .formatted(results.last()));
    }
    List<Bytes> lines = results.lines(since, MAX_BYTES);
    return HttpResponse.of(200, "application/x-ndjson", joined(lines))
        .with("cache-control", "no-store");
  }

  private static Bytes joined(List<Bytes> lines) {
    int length = lines.stream().mapToInt(line -> line.length() + 1).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes line : lines) {
      System.arraycopy(line.array(), 0, all, at, line.length());
      at += line.length();
      all[at++] = '\n';
    }
    return Bytes.of(all);
  }
}
