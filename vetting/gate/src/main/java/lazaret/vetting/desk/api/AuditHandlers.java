package lazaret.vetting.desk.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.AuditImportOrder.Content;
import lazaret.vetting.desk.audits.AuditImportOrder.Mapping;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.audits.AuditConflictsInfo;
import lazaret.vetting.deskapi.audits.AuditExportReply;
import lazaret.vetting.deskapi.audits.AuditImportInfo;
import lazaret.vetting.deskapi.audits.AuditImportRequest;
import lazaret.vetting.deskapi.audits.AuditsOfVersionRequest;
import lazaret.vetting.deskapi.audits.AuditsRefreshInfo;
import lazaret.vetting.deskapi.audits.AuditsRefreshReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveRequest;
import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.FailingAuditsInfo;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The operations on audits of other parties.
final class AuditHandlers {
  private static final int MAX_CONFLICTS = 200;

  private final Desk desk;
  private final AuditService audits;
  private final AuditRefresher refresher;

  AuditHandlers(Desk desk, AuditRefresher refresher) {
    this.desk = desk;
    this.audits = desk.audits();
    this.refresher = refresher;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(AuditOperations.AUDITS, (_, _) -> list());
    handlers.add(
        AuditOperations.EXPORT_AUDITS, (_, _) -> new AuditExportReply(audits.export().text()));
    handlers.add(AuditOperations.IMPORT_AUDITS, this::importAudits);
    handlers.add(AuditOperations.REFRESH_AUDITS, (_, caller) -> refresh(caller));
    handlers.add(
        AuditOperations.AUDITS_OF_CRATE,
        (request, _) -> AuditInfos.report(desk.audits(request.name())));
    handlers.add(AuditOperations.AUDITS_OF_VERSION, (request, _) -> ofVersion(request));
    handlers.add(AuditOperations.REMOVE_AUDITS, this::remove);
  }

  private AuditsReply list() {
    return new AuditsReply(
        audits.list().stream().map(AuditInfos::imported).toList(),
        audits.failures().entrySet().stream()
            .map(
                each ->
                    new FailingAuditsInfo(
                        each.getKey(), each.getValue().at(), each.getValue().why()))
            .toList(),
        audits.conflicts().entrySet().stream()
            .limit(MAX_CONFLICTS)
            .map(
                each ->
                    new AuditConflictsInfo(each.getKey(), AuditInfos.violations(each.getValue())))
            .toList());
  }

  private CrateAuditsReply ofVersion(AuditsOfVersionRequest request) {
    return desk.audits(request.name(), request.version())
        .map(AuditInfos::report)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN,
                    "there is no '%s %s' in the index"
                        .formatted(request.name(), request.version())));
  }

  private AuditsRefreshReply refresh(Caller caller) {
    return new AuditsRefreshReply(
        refresher.now(caller.owner()).stream().map(AuditHandlers::outcome).toList());
  }

  private static AuditsRefreshInfo outcome(AuditRefresher.Outcome outcome) {
    return switch (outcome) {
      case AuditRefresher.Outcome.Updated(AuditImportReport imported) ->
          new AuditsRefreshInfo.Updated(
              imported.peer(),
              imported.source(),
              imported.at(),
              imported.crates(),
              imported.entries(),
              imported.bound(),
              imported.exempted(),
              imported.warnings());
      case AuditRefresher.Outcome.Unchanged(String name) -> new AuditsRefreshInfo.Unchanged(name);
      case AuditRefresher.Outcome.Failed(String name, String cause) ->
          new AuditsRefreshInfo.Refused(name, cause);
    };
  }

  private AuditImportInfo importAudits(AuditImportRequest request, Caller caller) {
    String url = request.url();
    Mapping reading = new Mapping(map(request.criteriaMap()), Set.copyOf(request.exclude()));
    AuditImportReport imported =
        url == null
            ? audits.take(
                new AuditImportOrder(
                    request.name(),
                    request.source() == null ? "imported" : request.source(),
                    content(request),
                    reading,
                    Validators.NONE,
                    request.allowFewer()),
                caller.owner())
            : refresher.fetch(
                new AuditService.Followed(request.name(), address(url), reading, Validators.NONE),
                request.allowFewer(),
                caller.owner());
    return AuditInfos.imported(imported);
  }

  private static Content content(AuditImportRequest request) {
    String toml = request.toml();
    if (toml == null) {
      throw new MalformedException(
          "cannot import audits: expected the text of an audits.toml as 'toml', or its address as 'url', found neither");
    }
    String config = request.config();
    return config == null
        ? new Content.Peer(Bytes.utf8(toml))
        : new Content.Project(
            Bytes.utf8(toml), Bytes.utf8(config), Bytes.utf8(orEmpty(request.importsLock())));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String address(String url) {
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw new MalformedException(
          "cannot import audits: expected an http or https address, found '%s'"
              .formatted(Excerpt.of(url)));
    }
    return url;
  }

  /// Reads `THEIRS=OURS`; one criterion of theirs can be in several pairs.
  private static SortedMap<String, List<String>> map(List<String> pairs) {
    SortedMap<String, List<String>> map = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new MalformedException(
            "cannot import audits: expected a mapping of criteria THEIRS=OURS, found '%s'"
                .formatted(Excerpt.of(pair)));
      }
      map.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    return map;
  }

  private AuditsRemoveReply remove(AuditsRemoveRequest request, Caller caller) {
    if (!audits.remove(request.peer(), caller.owner())) {
      throw new ProblemException(
          ErrorCode.UNKNOWN, "there are no audits of '" + Excerpt.of(request.peer()) + "'");
    }
    return new AuditsRemoveReply(request.peer());
  }
}
