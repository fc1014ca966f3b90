package lazaret.vetting.desk.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.lockfiles.PrefetchReply;
import lazaret.vetting.deskapi.lockfiles.PrefetchRequest;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.RefusalText;
import lazaret.vetting.gate.serving.WantedVersion;
import org.jspecify.annotations.Nullable;

/// The operation that stores one version.
final class PrefetchHandlers {
  private final Desk desk;

  PrefetchHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(LockfileOperations.PREFETCH, this::prefetch);
  }

  private PrefetchReply prefetch(PrefetchRequest request, Caller caller) {
    CrateSpec spec = request.spec();
    CrateVersion version =
        version(spec)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNKNOWN,
                        "there is no version that matches '" + spec + "' and would be served"));
    WantedVersion wanted =
        new WantedVersion(spec.name(), version, request.cksum(), request.lockfileName());
    return reply(wanted, desk.prefetch(wanted, caller.requester()));
  }

  private Optional<CrateVersion> version(CrateSpec spec) {
    CrateVersion version = spec.version();
    if (version != null) {
      return Optional.of(version);
    }
    VersionReq req = spec.req();
    return desk.versions().newestServed(spec.name(), req == null ? VersionReq.parse("*") : req);
  }

  private PrefetchReply reply(WantedVersion wanted, DownloadOutcome outcome) {
    return switch (outcome) {
      case DownloadOutcome.Served served ->
          new PrefetchReply(
              served.id().name(),
              served.id().version(),
              served.id().cksum(),
              served.bytes().length(),
              Infos.verdict(served.verdict()),
              Infos.feedWarnings(desk));
      case DownloadOutcome.Withheld withheld ->
          throw refused(wanted, ErrorCode.REFUSED_BY_POLICY, RefusalText.sentence(withheld), null);
      case DownloadOutcome.Unknown unknown ->
          throw refused(wanted, ErrorCode.UNKNOWN, unknown.detail(), null);
      case DownloadOutcome.OtherCksum other ->
          throw refused(
              wanted,
              ErrorCode.CKSUM_MISMATCH,
              "the index has sha256 %s for it, the request has %s"
                  .formatted(other.stored().cksum(), other.asked()),
              null);
      case DownloadOutcome.Tampered tampered ->
          throw refused(wanted, ErrorCode.CKSUM_MISMATCH, tampered.detail(), null);
      case DownloadOutcome.Absent absent ->
          throw refused(wanted, ErrorCode.BYTES_MISSING, absent.detail(), null);
      case DownloadOutcome.Pending pending ->
          throw refused(
              wanted,
              ErrorCode.VETTING_IN_PROGRESS,
              "it is being fetched and inspected",
              pending.retryAfter());
      case DownloadOutcome.Unavailable none ->
          throw refused(wanted, ErrorCode.UPSTREAM_UNAVAILABLE, none.detail(), none.retryAfter());
    };
  }

  private static ProblemException refused(
      WantedVersion wanted, ErrorCode code, String detail, @Nullable Duration retryAfter) {
    return new ProblemException(
        List.of(
            new Problem(code, detail, wanted.name().published(), wanted.version().text(), null)),
        retryAfter);
  }
}
