package lazaret.mirror.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.http.EntityTags;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.RefusalText;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The handler for downloads: `/dl/{crate}/{version}/{sha256-checksum}`. The checksum in the path
/// identifies the index line that the client has.
public final class DownloadHandler {
  private final Gate gate;
  private final PublicNames publicNames;
  private final @Nullable String pages;

  /// Creates a handler.
  ///
  /// @param publicNames the names that are served
  /// @param names the host names of the gate, of which refusals name the one for browsers
  public DownloadHandler(Gate gate, PublicNames publicNames, HostNames names) {
    this.gate = gate;
    this.publicNames = publicNames;
    this.pages = names.pages().orElse(null);
  }

  /// The artifact that a path names.
  public record Target(CrateName name, CrateVersion version, Sha256 cksum) {}

  /// Responds to a request for an artifact.
  public HttpResponse respond(HttpRequest question, Requester asker, Reservation room) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    return respond(
        question,
        question.path().substring(RouteKind.DOWNLOAD.prefix().length()),
        room,
        publicNames.download(
            asked -> gate.download(asked.name(), asked.version(), asked.cksum(), asker),
            publicNames::absent));
  }

  /// Answers under another path.
  ///
  /// @param path the rest after the prefix of the handler
  /// @param room reserves the bytes before they are read from the store
  public HttpResponse respond(
      HttpRequest question,
      String path,
      Reservation room,
      Function<Target, DownloadOutcome> download) {
    Optional<Target> target = target(path);
    if (target.isEmpty()) {
      return HttpResponse.text(
              404, "no artifact has this path: expected /dl/{crate}/{version}/{sha256-checksum}")
          .coded("unknown");
    }
    Sha256 cksum = target.get().cksum();
    long held = gate.artifactBytes(cksum).orElse(0);
    if (!reserved(room, cksum, held, ServerBudgets.PATIENCE)) {
      return OverloadResponses.respond(question, held);
    }
    DownloadOutcome outcome = download.apply(target.get());
    if (outcome instanceof DownloadOutcome.Served served
        && !reserved(room, cksum, served.bytes().length(), Duration.ZERO)) {
      return OverloadResponses.respond(question, served.bytes().length());
    }
    if (outcome instanceof DownloadOutcome.Withheld withheld) {
      gate.refused(question.id(), withheld.id());
    }
    return respond(question, outcome);
  }

  /// Reserves the bytes of an artifact, counted once for all requests that send it. The artifact
  /// cache is reduced to make space for them.
  private boolean reserved(Reservation room, Sha256 cksum, long bytes, Duration patience) {
    if (bytes == 0 || room.holds(cksum)) {
      return true;
    }
    boolean taken = room.share(cksum, bytes, patience);
    Budget budget = room.budget();
    gate.keepArtifacts(budget.limit() - budget.used());
    return taken;
  }

  private static Optional<Target> target(String path) {
    List<String> parts = List.of(path.split("/", -1));
    if (parts.size() != 3) {
      return Optional.empty();
    }
    try {
      // Some clients encode the plus sign of build metadata (docs/registry-protocol.md §11.2).
      String version = parts.get(1).replace("%2B", "+").replace("%2b", "+");
      return Optional.of(
          new Target(
              CrateName.parse(parts.get(0)),
              CrateVersion.parse(version),
              Sha256.parse(parts.get(2))));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private HttpResponse respond(HttpRequest question, DownloadOutcome outcome) {
    return switch (outcome) {
      case DownloadOutcome.Served served -> served(question, served);
      case DownloadOutcome.Withheld withheld ->
          refused(
              RefusalText.of(withheld, gate.feedWarning(), question.id(), pages),
              withheld.verdict());
      case DownloadOutcome.OtherCksum other ->
          HttpResponse.text(403, RefusalText.of(other, question.id())).coded("cksum-mismatch");
      case DownloadOutcome.Tampered tampered ->
          HttpResponse.text(403, RefusalText.of(tampered, question.id())).coded("cksum-mismatch");
      case DownloadOutcome.Absent absent ->
          HttpResponse.text(404, RefusalText.of(absent, question.id())).coded("bytes-missing");
      case DownloadOutcome.Unknown unknown ->
          HttpResponse.text(404, unknown.detail()).coded("unknown");
      case DownloadOutcome.Pending pending ->
          HttpResponse.unavailable(
                  "%s is being fetched and inspected; try again shortly".formatted(pending.id()),
                  pending.retryAfter())
              .coded("vetting-in-progress");
      case DownloadOutcome.Unavailable none ->
          HttpResponse.unavailable("cannot serve this now: " + none.detail(), none.retryAfter())
              .coded("upstream-unavailable");
    };
  }

  private static HttpResponse refused(String text, Verdict verdict) {
    String code = verdict.reason().code().code();
    return HttpResponse.text(403, text).with("x-cache", "lazaret " + code).coded(code);
  }

  private static HttpResponse served(HttpRequest question, DownloadOutcome.Served served) {
    String etag = '"' + served.id().cksum().hex() + '"';
    boolean known =
        question.header("if-none-match").filter(h -> EntityTags.match(h, etag)).isPresent();
    return new HttpResponse(
        known ? 304 : 200,
        List.of(
            new HttpResponse.Field("content-type", "application/gzip"),
            new HttpResponse.Field("etag", etag),
            // Permission to download can be withdrawn; the bytes under this address never change.
            new HttpResponse.Field("cache-control", "no-cache"),
            new HttpResponse.Field("x-content-type-options", "nosniff")),
        served.bytes());
  }
}
