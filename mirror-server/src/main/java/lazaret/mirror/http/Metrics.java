package lazaret.mirror.http;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import lazaret.mirror.upstream.FailureKind;
import lazaret.mirror.upstream.Side;
import lazaret.mirror.upstream.UpstreamMeters;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.desk.GateMeters;
import lazaret.vetting.desk.Store;
import org.jspecify.annotations.Nullable;

/// The counters in Prometheus' text form; `docs/metrics.md` explains each.
final class Metrics {
  private final GateMeters gate;
  private final UpstreamMeters upstream;
  private final Store store;
  private final List<LongAdder> answers =
      IntStream.range(0, 6).mapToObj(_ -> new LongAdder()).toList();

  Metrics(GateMeters gate, UpstreamMeters upstream, Store store) {
    this.gate = gate;
    this.upstream = upstream;
    this.store = store;
  }

  void answered(int status) {
    answers.get(Math.clamp(status / 100, 0, 5)).increment();
  }

  Answer answer() {
    StringBuilder out = new StringBuilder(4096);
    for (GateMeters.Count count : GateMeters.Count.values()) {
      counter(out, "lazaret_" + count.metric() + "_total", gate.value(count));
    }
    for (int family = 1; family < answers.size(); family++) {
      String name = "lazaret_http_answers_total{status=\"" + family + "xx\"}";
      sample(out, name, answers.get(family).sum(), family == 1 ? "counter" : null);
    }
    upstream(out);
    store(out);
    return Answer.of(200, "text/plain; version=0.0.4; charset=utf-8", Bytes.utf8(out.toString()));
  }

  private void upstream(StringBuilder out) {
    @Nullable String type = "counter";
    for (Side side : Side.values()) {
      sample(
          out,
          "lazaret_upstream_requests_total{side=\"" + word(side) + "\"}",
          upstream.requests(side),
          type);
      type = null;
    }
    type = "gauge";
    for (Side side : Side.values()) {
      sample(
          out,
          "lazaret_upstream_circuit_open{side=\"" + word(side) + "\"}",
          upstream.circuitOpen(side) ? 1 : 0,
          type);
      type = null;
    }
    type = "counter";
    for (FailureKind kind : FailureKind.values()) {
      sample(
          out,
          "lazaret_upstream_failures_total{kind=\"" + word(kind) + "\"}",
          upstream.failures(kind),
          type);
      type = null;
    }
    counter(out, "lazaret_upstream_bytes_total", upstream.bytes());
    counter(out, "lazaret_upstream_retries_total", upstream.retries());
    counter(out, "lazaret_upstream_redirects_total", upstream.redirects());
    sample(out, "lazaret_upstream_budget_requests", upstream.requestsLeft(), "gauge");
    sample(out, "lazaret_upstream_budget_bytes_today", upstream.bytesLeftToday(), "gauge");
  }

  private void store(StringBuilder out) {
    try {
      Store.Room room = store.room();
      sample(out, "lazaret_store_used_bytes", room.usedBytes(), "gauge");
      sample(out, "lazaret_store_free_bytes", room.freeBytes(), "gauge");
      sample(out, "lazaret_store_admits", room.admits() ? 1 : 0, "gauge");
      sample(out, "lazaret_store_up", 1, "gauge");
    } catch (LazaretException _) {
      sample(out, "lazaret_store_up", 0, "gauge");
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void counter(StringBuilder out, String name, long value) {
    sample(out, name, value, "counter");
  }

  private static void sample(StringBuilder out, String name, long value, @Nullable String type) {
    if (type != null) {
      int brace = name.indexOf('{');
      out.append("# TYPE ").append(brace < 0 ? name : name.substring(0, brace));
      out.append(' ').append(type).append('\n');
    }
    out.append(name).append(' ').append(value).append('\n');
  }
}
