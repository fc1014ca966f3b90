package lazaret.mirror.http;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Gate;
import lazaret.vetting.desk.IndexOutcome;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.RegistryConfig;

/// The sparse index: `config.json` and one file per crate. Sources: Cargo reference, *Registry
/// Index*, *Sparse protocol*; RFC 9110 §13.1.2 (If-None-Match), §12.5.3 (Accept-Encoding).
final class IndexDoor {
  static final String PREFIX = "/index/";

  private final Gate gate;
  private final Clock clock;
  private final Bytes config;

  IndexDoor(Gate gate, Clock clock, HostNames names, boolean authRequired) {
    this.gate = gate;
    this.clock = clock;
    String dl = names.origin() + DownloadDoor.PREFIX + "{crate}/{version}/{sha256-checksum}";
    this.config = new RegistryConfig(dl, names.origin(), authRequired).toJson();
  }

  Answer answer(Question question) {
    if (!question.reads()) {
      return Answer.method("GET, HEAD");
    }
    String path = question.path().substring(PREFIX.length());
    if (path.equals("config.json")) {
      return Answer.json(200, config).with("cache-control", "no-cache");
    }
    CrateName name;
    try {
      name = IndexPath.parse(path);
    } catch (MalformedException e) {
      return Answer.text(404, "no index file can stand here: " + e.getMessage());
    }
    return switch (gate.index(name)) {
      case IndexOutcome.Absent absent -> Answer.text(404, absent.detail());
      case IndexOutcome.Unavailable none ->
          Answer.unavailable(
              "cannot answer for '%s' now: %s".formatted(name.published(), none.detail()),
              none.retryAfter());
      case IndexOutcome.Served served -> served(question, served);
    };
  }

  private Answer served(Question question, IndexOutcome.Served served) {
    IndexView view = served.view();
    List<Answer.Field> fields = new ArrayList<>(8);
    fields.add(new Answer.Field("etag", view.etag()));
    fields.add(new Answer.Field("cache-control", "no-cache"));
    fields.add(new Answer.Field("vary", "accept-encoding"));
    Duration age = Duration.between(served.freshness().checkedAt(), clock.instant());
    fields.add(new Answer.Field("age", Long.toString(Math.max(0, age.toSeconds()))));
    if (served.stale()) {
      fields.add(new Answer.Field("x-lazaret-stale", "upstream could not be asked"));
    }
    String condition = question.header("if-none-match").orElse("");
    if (!condition.isEmpty() && EntityTags.match(condition, view.etag())) {
      return new Answer(304, fields, Bytes.EMPTY);
    }
    fields.add(new Answer.Field("content-type", "text/plain; charset=utf-8"));
    if (Encodings.gzip(question.header("accept-encoding").orElse(null))) {
      fields.add(new Answer.Field("content-encoding", "gzip"));
      return new Answer(200, fields, view.gzip());
    }
    return new Answer(200, fields, view.body());
  }
}
