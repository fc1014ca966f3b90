package lazaret.mirror.deskapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lazaret.vetting.Durations;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.FsckReport;
import lazaret.vetting.desk.admin.StatusReport;
import lazaret.vetting.desk.decisions.ExpiringDecisionsReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.desk.review.CrateReport;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.gate.feeds.FeedState;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Capabilities;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.DecisionContext;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;

/// A writer of the desk's reports as JSON; `docs/desk-api.md` documents the fields.
final class ReportJson {
  private ReportJson() {}

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static void status(JsonWriter json, StatusReport report) {
    json.put("time", report.now()).put("upstream", report.upstream());
    json.object("policy", out -> policy(out, report.policy()));
    json.put("crates", report.crates()).put("artefacts", report.artifacts());
    json.put("open_requests", report.openRequests());
    json.put("ledger_entries", report.ledgerEntries());
    json.object(
        "room",
        out ->
            out.put("used_bytes", report.disk().usedBytes())
                .put("free_bytes", report.disk().freeBytes())
                .put("admits", report.disk().admits()));
    json.texts("store_faults", report.condition().faults().stream().map(StoreFault::text).toList());
    json.put("store_withholds", report.condition().withholds());
    json.object("feeds", out -> feeds(out, report.feeds()));
    dropped(json, report.dropped());
  }

  /// Writes the counts of data that limits and retentions dropped, by kind.
  static void dropped(JsonWriter json, Map<DropKind, Long> counts) {
    json.list(
        "dropped",
        Arrays.stream(DropKind.values()).filter(counts::containsKey).toList(),
        (out, kind) ->
            out.put("kind", kind.code()).put("count", counts.getOrDefault(kind, 0L).longValue()));
  }

  private static void feeds(JsonWriter json, FeedState feeds) {
    FeedCalls.age(json, feeds.age());
    json.put("warn_seconds", feeds.limits().warn().toSeconds());
    json.put("stop_seconds", feeds.limits().stop().toSeconds());
    json.list(
        "feeds",
        feeds.feeds(),
        (out, age) -> {
          FeedInfo info = age.feed();
          if (info != null) {
            FeedCalls.info(out, info);
          }
          FeedCalls.age(out, age);
        });
    json.texts("failing", feeds.failing());
  }

  private static void policy(JsonWriter json, Policy policy) {
    json.put("mode", word(policy.mode())).put("automatic", policy.automatic());
    json.put("cooldown", Durations.text(policy.cooldown()));
    json.put("build_cooldown", Durations.text(policy.buildCooldown()));
  }

  static void verdict(JsonWriter json, Verdict verdict) {
    verdict(json, verdict, verdict.reasons());
  }

  /// Writes a verdict with some of its reasons.
  static void verdict(JsonWriter json, Verdict verdict, List<Reason> reasons) {
    switch (verdict) {
      case Verdict.Allow _ -> json.put("kind", "allow");
      case Verdict.Hold hold -> json.put("kind", "hold").put("until", hold.until());
      case Verdict.Review _ -> json.put("kind", "review");
      case Verdict.Deny _ -> json.put("kind", "deny");
    }
    reasons(json, reasons);
  }

  private static void reasons(JsonWriter json, List<Reason> reasons) {
    reasons(json, "reasons", reasons);
  }

  private static void reasons(JsonWriter json, String field, List<Reason> reasons) {
    json.list(
        field,
        reasons,
        (out, reason) -> out.put("code", reason.code().code()).put("detail", reason.detail()));
  }

  /// Writes the feed warnings that accompany a response with a verdict.
  static void feedWarnings(JsonWriter json, Desk desk) {
    List<Reason> warnings = desk.feeds().warnings();
    if (!warnings.isEmpty()) {
      reasons(json, "feed_warnings", warnings);
    }
  }

  static void id(JsonWriter json, CrateId id) {
    json.text("name", id.name()).text("version", id.version()).text("cksum", id.cksum());
  }

  static void crate(JsonWriter json, CrateReport report) {
    json.text("name", report.name()).text("newest_served", report.newestServed());
    json.put("checked_at", report.freshness().checkedAt());
    json.put("fetched_at", report.freshness().fetchedAt());
    json.list(
        "versions",
        report.versions(),
        (out, line) ->
            out.text("version", line.version())
                .text("cksum", line.cksum())
                .object("verdict", v -> verdict(v, line.verdict()))
                .put("served", line.served())
                .put("yanked", line.yanked())
                .put("held", line.artifactStored()));
    json.list(
        "left_out",
        report.omitted(),
        (out, line) ->
            out.put("reason", line.reason().code())
                .put("line", line.line())
                .put("version", line.version())
                .put("excerpt", line.excerpt()));
  }

  /// Writes a report of a version.
  ///
  /// @param askers whether the names and addresses of requesters are shown
  static void version(JsonWriter json, VersionReport report, boolean askers) {
    id(json, report.id());
    json.object("verdict", out -> verdict(out, report.verdict()));
    json.put("served", report.served()).put("held", report.artifactStored());
    VersionReport.FetchFailed failed = report.fetchFailed();
    if (failed != null) {
      json.object(
          "fetch_failed",
          out ->
              out.put("at", failed.at())
                  .put("code", failed.code().code())
                  .put("detail", failed.detail()));
    }
    if (report.snapshot() != 0) {
      json.put("snapshot", report.snapshot()).put("by_bundle", report.onlyByBundle());
    }
    json.text("instead", report.replacement()).put("checked_at", report.checkedAt());
    if (report.replacement() != null) {
      json.put("compatible", report.compatible()).put("movable", report.movable());
    }
    line(json, report.line());
    Findings findings = report.findings();
    if (findings != null) {
      json.object("findings", out -> findings(out, findings));
    }
    NewCapabilities gains = report.newCapabilities();
    if (gains != null) {
      json.object("delta", out -> delta(out, gains));
    }
    json.list("decisions", report.decisions(), ReportJson::decision);
    QueuedRequest request = report.request();
    if (request != null) {
      json.object("request", out -> request(out, request, askers));
    }
  }

  /// Writes only the data of a version that its refusal shows.
  static void refusal(JsonWriter json, VersionReport report) {
    id(json, report.id());
    List<Reason> deciding = List.of(report.verdict().reason());
    json.object("verdict", out -> verdict(out, report.verdict(), deciding));
    json.put("served", report.served()).put("refusal", true);
    if (report.snapshot() != 0) {
      json.put("snapshot", report.snapshot()).put("by_bundle", report.onlyByBundle());
    }
    if (report.replacement() != null) {
      json.text("instead", report.replacement()).put("compatible", report.compatible());
      json.put("movable", report.movable());
    }
  }

  private static void line(JsonWriter json, StoredLine line) {
    json.put("yanked", line.entry().yanked()).put("published_at", line.entry().pubtime());
    json.put("first_seen", line.firstSeen()).put("age_from", line.ageFrom());
    json.put("yanked_since", line.yankedSince()).put("gone_since", line.removedSince());
    json.put("missing_since", line.missingSince());
    json.text("changed_cksum", line.changedCksum());
  }

  private static void findings(JsonWriter json, Findings findings) {
    json.put("conformant", findings.conformant());
    json.put("inspector_version", findings.inspectorVersion());
    json.list(
        "problems",
        findings.problems(),
        (out, problem) ->
            out.text("code", problem.code())
                .put("path", problem.path().isEmpty() ? null : problem.path())
                .put("detail", problem.detail())
                .put("meaning", problem.code().meaning()));
    json.put("build_script", findings.facts().buildScript());
    json.put("proc_macro", findings.facts().procMacro());
    json.put("license", findings.facts().license()).put("links", findings.facts().links());
    json.put("unpacked_bytes", findings.facts().unpackedBytes());
    json.put("entries", findings.facts().entries());
    json.list("signals", findings.signals(), ReportJson::signal);
    json.list("capabilities", findings.capabilities().stored(), ReportJson::capability);
  }

  static void operation(JsonWriter json, RunningOperation.State state) {
    json.put("name", state.name()).put("phase", state.phase());
    json.put("done", state.done()).put("total", state.total());
  }

  static void capability(JsonWriter json, Capabilities.Entry held) {
    json.text("where", held.where()).text("what", held.what()).put("count", held.count());
    json.put("path", held.path()).put("line", held.line());
  }

  private static void delta(JsonWriter json, NewCapabilities gains) {
    json.text("base", gains.base()).texts("manifest", gains.manifest());
    json.list("signals", gains.delta().signals(), ReportJson::signal);
    json.list("gained", gains.delta().gained(), ReportJson::capability);
    json.list("lost", gains.delta().lost(), ReportJson::capability);
  }

  static void signal(JsonWriter json, Signal signal) {
    json.text("code", signal.code()).put("weight", signal.weight().word());
    json.put("path", signal.path().isEmpty() ? null : signal.path());
    json.put("line", signal.line()).put("excerpt", signal.excerpt());
    json.put("meaning", signal.code().meaning());
  }

  static void decision(JsonWriter json, Decision decision) {
    id(json, decision.id());
    json.put("kind", decision.kind().code()).put("at", decision.at()).put("by", decision.by());
    json.put("reason", decision.reason()).put("expires", decision.expires());
    json.texts("criteria", decision.criteria()).texts("evidence", decision.evidence());
    if (decision.delta() != null) {
      json.text("delta", decision.delta());
    }
    if (!decision.waives().isEmpty()) {
      json.texts("waives", decision.waives());
    }
    DecisionContext grounds = decision.context();
    if (grounds != null) {
      json.object("grounds", out -> grounds(out, grounds));
    }
  }

  static void grounds(JsonWriter json, DecisionContext grounds) {
    json.put("token", grounds.token()).put("policy", grounds.policy());
    json.put("inspector_version", grounds.inspector());
    json.texts("feeds", grounds.feeds()).texts("advisories", grounds.advisories());
  }

  static void debt(JsonWriter json, ExpiringDecisionsReport.Line line) {
    json.object("decision", out -> decision(out, line.decision()));
    json.put("expired", line.expired()).put("needed", line.needed());
    json.put("without", line.without().isEmpty() ? null : line.without());
  }

  static void request(JsonWriter json, QueuedRequest request, boolean askers) {
    id(json, request.id());
    json.put("reason", request.reason()).put("count", request.count());
    json.put("first", request.first()).put("last", request.last());
    if (askers) {
      json.texts("askers", request.requesters()).texts("lockfiles", request.lockfiles());
    }
  }

  static void token(JsonWriter json, Token token) {
    json.put("name", token.name()).put("owner", token.owner());
    json.texts(
        "scopes",
        Stream.of(Token.Scope.values())
            .filter(token.scopes()::contains)
            .map(ReportJson::word)
            .toList());
    json.put("created", token.created()).put("expires", token.expires());
  }

  static void entry(JsonWriter json, LedgerEntry entry) {
    json.put("sequence", entry.sequence()).text("hash", entry.hash());
    json.text("previous", entry.previous());
    json.put("encoded", new String(entry.encoded().array(), StandardCharsets.UTF_8));
    switch (entry.event()) {
      case Decision decision -> json.object("decision", out -> decision(out, decision));
      case Notice notice -> json.object("notice", out -> notice(out, notice));
    }
  }

  private static void notice(JsonWriter json, Notice notice) {
    json.put("kind", notice.kind().code()).put("alarm", notice.kind().alarm());
    json.put("at", notice.at()).put("by", notice.by());
    json.text("name", notice.name()).put("version", notice.version());
    json.put("detail", notice.detail());
  }

  static void fsck(JsonWriter json, FsckReport report) {
    json.put("clean", report.clean()).put("crates", report.crates());
    json.put("artefacts", report.artifacts()).put("ledger_entries", report.ledgerEntries());
    json.texts("faults", report.faults()).texts("mended", report.repaired());
  }

  /// Writes the report on a lockfile.
  ///
  /// @param byBundle whether the artifact of a package can only arrive by a bundle import
  static void lock(
      JsonWriter json, LockfileReport report, Predicate<LockfileReport.Line> byBundle) {
    json.put("passes", report.passes());
    json.list(
        "packages",
        report.lines(),
        (out, line) -> {
          lockLine(out, line);
          if (byBundle.test(line)) {
            out.put("by_bundle", true);
          }
        });
    json.texts("local", report.local());
  }

  static void lockLine(JsonWriter out, LockfileReport.Line line) {
    out.put("name", line.locked().name()).text("version", line.locked().version());
    out.text("checksum", line.locked().checksum());
    out.put("source", source(line.locked().source()));
    out.put("standing", line.status().code()).put("detail", line.detail());
    out.put("line", line.locked().line());
    reasons(out, line.reasons());
    CrateVersion instead = line.replacement();
    if (instead != null) {
      boolean lower =
          line.status() == LockfileReport.Status.CRITERIA_NOT_MET
              && instead.compareTo(line.locked().version()) < 0;
      out.text(lower ? "lower" : "instead", instead).put("compatible", line.compatible());
    }
    out.put("expires", line.expires());
  }

  private static String source(PackageSource source) {
    return switch (source) {
      case PackageSource.CratesIo _ -> "crates-io";
      case PackageSource.OtherRegistry other -> other.url();
      case PackageSource.Git git -> "git+" + git.url();
      case PackageSource.Local _ -> "local";
    };
  }
}
