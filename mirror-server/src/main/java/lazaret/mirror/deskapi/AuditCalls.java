package lazaret.mirror.deskapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.mirror.feeds.HttpAuditRefresher;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditStatement;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.AuditImportOrder.Content;
import lazaret.vetting.desk.audits.AuditImportOrder.Mapping;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditReport;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.index.Validators;
import lazaret.vetting.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The handlers for audits of peers and for the export of local decisions.
final class AuditCalls {
  private static final int MAX_CONFLICTS = 200;

  private final Desk desk;
  private final AuditService audits;
  private final HttpAuditRefresher refresh;

  AuditCalls(Desk desk, HttpAuditRefresher refresh) {
    this.desk = desk;
    this.audits = desk.audits();
    this.refresh = refresh;
  }

  DeskResponse list() {
    List<AuditImportReport> all = audits.list();
    var conflicts = audits.conflicts();
    return DeskResponse.ok(
        json ->
            json.list("audits", all, AuditCalls::write)
                .list(
                    "failing",
                    audits.failures().entrySet(),
                    (out, failing) ->
                        out.put("name", failing.getKey())
                            .put("at", failing.getValue().at())
                            .put("why", failing.getValue().why()))
                .list(
                    "conflicts",
                    conflicts.entrySet().stream().limit(MAX_CONFLICTS).toList(),
                    (out, crate) ->
                        out.put("name", crate.getKey())
                            .list("violations", crate.getValue(), TestimonyJson::violation)));
  }

  DeskResponse show(CrateName name) {
    AuditReport report = desk.audits(name);
    return DeskResponse.ok(json -> write(json, report));
  }

  DeskResponse show(CrateName name, CrateVersion version) {
    return desk.audits(name, version)
        .map(report -> DeskResponse.ok(json -> write(json, report)))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNKNOWN,
                    "there is no '%s %s' in the index".formatted(name, version)));
  }

  private static void write(JsonWriter json, AuditReport report) {
    json.text("name", report.name());
    AuditReport.OfVersion version = report.version();
    if (version != null) {
      json.text("version", version.id().version())
          .text("cksum", version.id().cksum())
          .list(
              "criteria",
              version.criteria(),
              (out, reach) ->
                  TestimonyJson.audit(out.put("criterion", reach.criterion()), reach.verdict()));
    }
    json.list("statements", report.statements(), AuditCalls::statement);
  }

  private static void statement(JsonWriter json, AuditStatement statement) {
    json.put("peer", statement.peer())
        .put("kind", statement.kind())
        .put("about", statement.about())
        .texts("criteria", statement.criteria())
        .texts("who", statement.who())
        .put("notes", statement.notes());
  }

  DeskResponse refresh(DeskRequest request) {
    List<AuditRefresher.Outcome> outcomes = refresh.now(request.caller().owner());
    return DeskResponse.ok(json -> json.list("audits", outcomes, AuditCalls::outcome));
  }

  private static void outcome(JsonWriter json, AuditRefresher.Outcome outcome) {
    switch (outcome) {
      case AuditRefresher.Outcome.Updated(AuditImportReport taken) -> write(json, taken);
      case AuditRefresher.Outcome.Unchanged(String peer) ->
          json.put("name", peer).put("unchanged", true);
      case AuditRefresher.Outcome.Failed(String peer, String why) ->
          json.put("name", peer).put("refused", why);
    }
  }

  DeskResponse export() {
    Bytes file = audits.export();
    return DeskResponse.ok(json -> json.put("toml", file.text()));
  }

  /// Imports a peer's file or a project's store from the body, or a file from an address.
  DeskResponse take(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String peer = in.text("name");
    String url = in.textOrNull("url");
    String source = in.textOrNull("source");
    String toml = in.textOrNull("toml");
    String config = in.textOrNull("config");
    String lock = in.textOrNull("imports_lock");
    boolean fewer = in.flag("fewer");
    Mapping reading = new Mapping(map(in.texts("criteria_map")), Set.copyOf(in.texts("exclude")));
    in.done();
    String by = request.caller().owner();
    AuditImportReport taken =
        url == null
            ? audits.take(
                new AuditImportOrder(
                    peer,
                    source == null ? "imported" : source,
                    content(toml, config, lock),
                    reading,
                    Validators.NONE,
                    fewer),
                by)
            : refresh.fetch(
                new AuditService.Followed(peer, address(url), reading, Validators.NONE), fewer, by);
    return DeskResponse.created(json -> write(json, taken));
  }

  private static Content content(
      @Nullable String toml, @Nullable String config, @Nullable String lock) {
    if (toml == null) {
      throw new MalformedException(
          "cannot import audits: expected the text of an audits.toml as 'toml', or its address as"
              + " 'url'");
    }
    if (config == null) {
      return new Content.Peer(Bytes.utf8(toml));
    }
    return new Content.Project(
        Bytes.utf8(toml), Bytes.utf8(config), Bytes.utf8(lock == null ? "" : lock));
  }

  private static String address(String url) {
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw new MalformedException(
          "cannot fetch audits from '" + Excerpt.of(url) + "': expected an http or https address");
    }
    return url;
  }

  DeskResponse remove(String peer, DeskRequest request) {
    return audits.remove(peer, request.caller().owner())
        ? DeskResponse.ok(json -> json.put("removed", peer))
        : DeskResponse.error(
            ErrorCode.UNKNOWN, "no audits of '" + Excerpt.of(peer) + "' are stored");
  }

  /// Reads criteria mappings of the form `THEIRS=OURS`. A peer's criterion may map to several local
  /// criteria.
  private static SortedMap<String, List<String>> map(List<String> pairs) {
    var map = new TreeMap<String, List<String>>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new MalformedException(
            "cannot map criteria by '" + Excerpt.of(pair) + "': expected THEIRS=OURS");
      }
      map.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    return map;
  }

  private static void write(JsonWriter json, AuditImportReport taken) {
    json.put("name", taken.peer())
        .put("source", taken.source())
        .put("at", taken.at())
        .put("crates", taken.crates())
        .put("entries", taken.entries())
        .put("bound", taken.bound())
        .put("exempted", taken.exempted())
        .texts("warnings", taken.warnings());
  }
}
