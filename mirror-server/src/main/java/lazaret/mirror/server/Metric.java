package lazaret.mirror.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lazaret.vetting.gate.context.GateCounters;

/// The table of all metrics. The collector and `docs/metrics.md` use it.
///
/// @param name as exposed, without labels
/// @param type `counter`, `gauge` or `histogram`
/// @param labels the names of its labels
/// @param help one sentence
record Metric(String name, String type, List<String> labels, String help) {
  static final String COUNTER = "counter";
  private static final String GAUGE = "gauge";
  private static final String HISTOGRAM = "histogram";

  static final Metric REQUESTS =
      counter(
          "lazaret_http_requests_total",
          List.of("route", "status"),
          "Responses, by kind of path and status.");
  static final Metric REFUSALS =
      counter(
          "lazaret_http_refusals_total",
          List.of("route", "reason"),
          "Refusals, by kind of path and reason; reason is a code of docs/reasons.md or"
              + " docs/errors.md.");
  static final Metric BYTES =
      counter("lazaret_http_response_bytes_total", List.of("route"), "Bytes of bodies sent.");
  static final Metric SECONDS =
      histogram(
          "lazaret_http_request_duration_seconds", "Duration of responses, sending included.");
  static final Metric UPSTREAM_SECONDS =
      histogram(
          "lazaret_http_request_upstream_seconds",
          "Time for which responses waited for upstream; only those that did.");
  static final Metric OWN_SECONDS =
      histogram(
          "lazaret_http_request_own_seconds",
          "Duration of responses without the time for which they waited for upstream.");
  static final Metric IN_FLIGHT =
      gauge("lazaret_http_requests_in_flight", List.of(), "Requests in progress.");
  static final Metric CONNECTIONS =
      gauge("lazaret_http_connections", List.of(), "Client connections.");
  static final Metric CONNECTIONS_CLOSED =
      counter(
          "lazaret_http_connections_closed_total",
          List.of("reason"),
          "Connections that the server closed: the request head took too long (head), no progress"
              + " (slow), in favor of another one (full), all in use (refused).");
  static final Metric LOG_DROPPED =
      counter(
          "lazaret_access_log_dropped_total",
          List.of(),
          "Access log lines that were lost: they came too fast, or the disk was full.");
  static final Metric CERTIFICATE_END =
      gauge(
          "lazaret_tls_certificate_expiry_timestamp_seconds",
          List.of(),
          "End of the validity of the certificate in use, in seconds since 1970-01-01T00:00:00Z; 0"
              + " without TLS.");
  static final Metric CERTIFICATE_FAILED =
      gauge(
          "lazaret_tls_certificate_replacement_failed",
          List.of(),
          "1 while the files of the certificate cannot be used and the previous one is in use.");

  static final Metric BUDGET_LIMIT =
      gauge(
          "lazaret_http_budget_limit",
          List.of("budget"),
          "Size of a budget that requests share: bytes, or units of queries.");
  static final Metric BUDGET_USED =
      gauge(
          "lazaret_http_budget_used", List.of("budget"), "Part of a budget that requests use now.");
  static final Metric BUDGET_REFUSED =
      counter(
          "lazaret_http_budget_refused_total",
          List.of("budget"),
          "Reservations refused because a budget, or a client's share of it, was used up.");
  static final Metric SLOW_CLOSED =
      counter(
          "lazaret_http_slow_closed_total",
          List.of(),
          "Transfers ended because the client was too slow.");
  static final Metric RATE_LIMITED =
      counter(
          "lazaret_http_rate_limited_total",
          List.of("class"),
          "Refusals by a rate limit; class is read, upstream, desk, sign-in, submission or"
              + " publish.");

  static final Metric UPSTREAM_REQUESTS =
      counter(
          "lazaret_upstream_requests_total",
          List.of("origin"),
          "Requests to upstream, retries and redirects included; origin is index or artifacts.");
  static final Metric UPSTREAM_FAILURES =
      counter(
          "lazaret_upstream_failures_total",
          List.of("kind"),
          "Fetches from upstream that failed; those of the kinds budget, circuit, cancelled and"
              + " private-name were not sent.");
  static final Metric UPSTREAM_BYTES =
      counter("lazaret_upstream_bytes_total", List.of(), "Bytes received from upstream.");
  static final Metric UPSTREAM_RETRIES =
      counter("lazaret_upstream_retries_total", List.of(), "Requests sent again after a failure.");
  static final Metric UPSTREAM_REDIRECTS =
      counter(
          "lazaret_upstream_redirects_total",
          List.of(),
          "Redirects of upstream that were followed.");
  static final Metric UPSTREAM_PAUSED =
      gauge(
          "lazaret_upstream_circuit_open",
          List.of("origin"),
          "1 while requests to upstream pause because it failed several times in a row.");
  static final Metric BUDGET_REQUESTS =
      gauge(
          "lazaret_upstream_request_budget",
          List.of(),
          "Requests to upstream that the budget allows at once; -1 without a limit.");
  static final Metric BUDGET_BYTES =
      gauge(
          "lazaret_upstream_byte_budget_remaining_bytes",
          List.of(),
          "Bytes from upstream that the budget has left until midnight UTC; -1 without a limit.");

  static final Metric STORE_UP =
      gauge("lazaret_store_up", List.of(), "1 while the store responds.");
  static final Metric STORE_USED =
      gauge("lazaret_store_used_bytes", List.of(), "Size of the store.");
  static final Metric STORE_FREE =
      gauge("lazaret_store_free_bytes", List.of(), "Free space of the store's file system.");
  static final Metric STORE_ACCEPTS =
      gauge(
          "lazaret_store_accepts_artifacts",
          List.of(),
          "0 while new artifacts are not stored because disk space is low; stored ones are"
              + " served.");

  static final Metric STORE_FAULTS =
      gauge(
          "lazaret_store_faults",
          List.of(),
          "Known faults of the store; /health/ready lists them.");
  static final Metric STORE_WITHHOLDS =
      gauge(
          "lazaret_store_withholds",
          List.of(),
          "1 while the gate serves nothing because acknowledged writes are missing.");
  static final Metric STORE_DAMAGED =
      counter(
          "lazaret_store_damaged_reads_total",
          List.of(),
          "Reads of the store that met damaged or missing files.");
  static final Metric DECISIONS_REFUSED =
      gauge(
          "lazaret_store_decision_refused",
          List.of(),
          "1 while the last decision could not be recorded.");

  static final Metric LEDGER_ENTRIES =
      gauge("lazaret_ledger_entries", List.of(), "Entries of the ledger.");
  static final Metric LEDGER_VERIFIED =
      gauge(
          "lazaret_ledger_verified_entries",
          List.of(),
          "Entries of the ledger whose hash chain was verified; each scrape verifies more, and"
              + " begins again after an hour.");
  static final Metric LEDGER_BROKEN =
      gauge(
          "lazaret_ledger_broken",
          List.of(),
          "1 while an entry of the ledger is altered, missing or cannot be read.");

  static final Metric QUEUE_VERSIONS =
      gauge(
          "lazaret_queue_versions",
          List.of("state"),
          "Queued versions, of the 10,000 latest; state is waiting (for a decision), hold, served or"
              + " closed.");
  static final Metric QUEUE_OLDEST =
      gauge(
          "lazaret_queue_oldest_timestamp_seconds",
          List.of(),
          "First request of the version that waits longest for a decision, in seconds since"
              + " 1970-01-01T00:00:00Z; 0 if none waits.");

  static final Metric SNAPSHOT_SERVED =
      gauge(
          "lazaret_snapshot_sequence",
          List.of(),
          "Sequence of the served snapshot; 0 if an upstream supplies the store.");
  static final Metric SNAPSHOT_EXPECTED =
      gauge(
          "lazaret_snapshot_expected_timestamp_seconds",
          List.of(),
          "Time by which the next snapshot was promised, in seconds since 1970-01-01T00:00:00Z; 0"
              + " if none was.");
  static final Metric SNAPSHOT_LAG =
      gauge(
          "lazaret_snapshot_lag",
          List.of(),
          "Snapshots by which the store is behind earlier imports, as after a restore.");

  static final Metric DROPPED =
      counter(
          "lazaret_dropped_total",
          List.of("kind"),
          "Records that limits and retentions omitted since the store was made, see"
              + " docs/operating.md.");

  static final Metric FEEDS_AGE =
      gauge(
          "lazaret_feeds_age_seconds",
          List.of(),
          "Age of the oldest advisory feed; -1 while there is none.");
  static final Metric REMOVALS =
      gauge(
          "lazaret_removals_unconfirmed",
          List.of(),
          "Crates with stored versions that upstream stopped listing, until that is confirmed.");
  static final Metric FEEDS_FAILING =
      gauge(
          "lazaret_feeds_failing",
          List.of(),
          "Feeds whose last refresh failed; the stored records stay in force.");

  static final Metric FOLLOW_CURRENT =
      gauge(
          "lazaret_follow_current_timestamp_seconds",
          List.of(),
          "Time up to which all releases of known crates are stored, in seconds since"
              + " 1970-01-01T00:00:00Z; 0 if the registry is not followed, or before the first"
              + " time.");
  static final Metric FOLLOW_GAP =
      gauge(
          "lazaret_follow_gap",
          List.of(),
          "1 while known crates are requested one by one, because announcements were missed.");
  static final Metric FOLLOW_LEFT =
      gauge(
          "lazaret_follow_remaining",
          List.of(),
          "Steps that the work in progress has left: crates to confirm, compare or fetch.");
  static final Metric FOLLOW_REQUESTS =
      counter("lazaret_follow_requests_total", List.of(), "Requests of following.");
  static final Metric FOLLOW_BYTES =
      counter("lazaret_follow_bytes_total", List.of(), "Bytes that following received.");
  static final Metric FOLLOW_ARTIFACTS =
      counter(
          "lazaret_follow_artifacts_total", List.of(), "Artifacts that following fetched ahead.");
  static final Metric FOLLOW_FAILURES =
      counter("lazaret_follow_failures_total", List.of(), "Requests of following that failed.");

  static final Metric WEBHOOKS_DELIVERED =
      counter(
          "lazaret_webhook_deliveries_total",
          List.of(),
          "Events that the address of a webhook accepted.");
  static final Metric WEBHOOKS_FAILED =
      counter(
          "lazaret_webhook_failures_total", List.of(), "Attempts to send an event that failed.");
  static final Metric WEBHOOKS_LAG =
      gauge(
          "lazaret_webhook_lag_entries",
          List.of(),
          "Ledger entries that the slowest webhook has not received yet.");

  static final Metric INFO =
      gauge(
          "lazaret_build_info",
          List.of("version", "mode"),
          "Always 1; version and mode of the server.");
  static final Metric START_TIME =
      gauge(
          "process_start_time_seconds",
          List.of(),
          "Start of the process, in seconds since 1970-01-01T00:00:00Z.");
  static final Metric MEMORY_USED =
      gauge(
          "jvm_memory_used_bytes",
          List.of("area"),
          "Memory in use, garbage included; area is heap.");
  static final Metric MEMORY_MAX =
      gauge("jvm_memory_max_bytes", List.of("area"), "Maximum memory of the JVM; area is heap.");

  static Metric counter(String name, List<String> labels, String help) {
    return new Metric(name, COUNTER, labels, help);
  }

  static Metric gauge(String name, List<String> labels, String help) {
    return new Metric(name, GAUGE, labels, help);
  }

  private static Metric histogram(String name, String help) {
    return new Metric(name, HISTOGRAM, List.of("route"), help);
  }

  /// Returns the names of the labels.
  String[] labelNames() {
    return labels.toArray(String[]::new);
  }

  /// Returns the metric of a counter of the gate.
  static Metric of(GateCounters.Count count) {
    return counter(
        "lazaret_" + count.metric().toLowerCase(Locale.ROOT) + "_total", List.of(), help(count));
  }

  private static String help(GateCounters.Count count) {
    return switch (count) {
      case INDEX_REFRESHES -> "Index files requested from upstream.";
      case INDEX_CONFIRMED -> "Index files that upstream confirmed or sent.";
      case INDEX_STALE ->
          "Index files served from the store because upstream could not confirm them.";
      case INDEX_VIEWS_BUILT -> "Index views built.";
      case DOWNLOADS_SERVED -> "Artifacts served.";
      case DOWNLOADS_WITHHELD -> "Downloads that policy withheld.";
      case DOWNLOADS_AUDIT_MODE -> "Downloads served only because of the mode audit.";
      case ADMISSIONS -> "Artifacts fetched, checked and stored.";
      case ADMISSIONS_NOT_STORED ->
          "Artifacts checked and served, but not stored because disk space was low.";
      case CHECKSUM_MISMATCHES -> "Artifacts discarded because their SHA-256 was wrong.";
      case HOSTILE_ARCHIVES -> "Artifacts refused because of the form of their archive.";
      case CORRUPT_ARTIFACTS -> "Stored artifacts that no longer had their SHA-256.";
      case ARTIFACTS_RESCANNED -> "Stored artifacts that were inspected again for new indicators.";
      case DECISIONS -> "Decisions recorded.";
    };
  }

  /// Returns all metrics in the order of the manual.
  static List<Metric> all() {
    List<Metric> all =
        new ArrayList<>(List.of(REQUESTS, REFUSALS, BYTES, SECONDS, UPSTREAM_SECONDS, OWN_SECONDS));
    all.addAll(List.of(IN_FLIGHT, CONNECTIONS, CONNECTIONS_CLOSED, LOG_DROPPED));
    all.addAll(List.of(CERTIFICATE_END, CERTIFICATE_FAILED));
    all.addAll(List.of(BUDGET_LIMIT, BUDGET_USED, BUDGET_REFUSED, SLOW_CLOSED, RATE_LIMITED));
    Stream.of(GateCounters.Count.values()).map(Metric::of).forEach(all::add);
    all.addAll(List.of(UPSTREAM_REQUESTS, UPSTREAM_FAILURES, UPSTREAM_BYTES, UPSTREAM_RETRIES));
    all.addAll(List.of(UPSTREAM_REDIRECTS, UPSTREAM_PAUSED, BUDGET_REQUESTS, BUDGET_BYTES));
    all.addAll(List.of(STORE_UP, STORE_USED, STORE_FREE, STORE_ACCEPTS, STORE_FAULTS));
    all.addAll(List.of(STORE_WITHHOLDS, STORE_DAMAGED, DECISIONS_REFUSED));
    all.addAll(List.of(LEDGER_ENTRIES, LEDGER_VERIFIED, LEDGER_BROKEN));
    all.addAll(List.of(QUEUE_VERSIONS, QUEUE_OLDEST));
    all.addAll(List.of(SNAPSHOT_SERVED, SNAPSHOT_EXPECTED, SNAPSHOT_LAG));
    all.addAll(List.of(DROPPED, FEEDS_AGE, FEEDS_FAILING, REMOVALS));
    all.addAll(List.of(FOLLOW_CURRENT, FOLLOW_GAP, FOLLOW_LEFT, FOLLOW_REQUESTS));
    all.addAll(List.of(FOLLOW_BYTES, FOLLOW_ARTIFACTS, FOLLOW_FAILURES));
    all.addAll(List.of(WEBHOOKS_DELIVERED, WEBHOOKS_FAILED, WEBHOOKS_LAG));
    all.addAll(ClusterMetrics.ALL);
    all.addAll(List.of(INFO, START_TIME, MEMORY_USED, MEMORY_MAX));
    return all;
  }

  /// Returns the table of the manual in Markdown.
  static String markdown() {
    StringBuilder text =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    for (Metric metric : all()) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  metric.name,
                  metric.type,
                  metric.labels.isEmpty() ? "-" : String.join(", ", metric.labels),
                  metric.help));
    }
    return text.toString();
  }
}
