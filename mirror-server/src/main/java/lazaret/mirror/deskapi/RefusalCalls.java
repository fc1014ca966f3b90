package lazaret.mirror.deskapi;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.requests.RequestSubmission;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.text.Printable;

/// The open part of the desk: explanations of refusals, with the data of the refusal alone.
final class RefusalCalls {
  private final Desk desk;

  RefusalCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse ofVersion(Target target) {
    return reply(
        desk.refusals().why(target.name(), target.version()),
        "'%s %s'".formatted(target.name(), target.version()));
  }

  DeskResponse ofRequest(Target target) {
    String request = target.value(0);
    Optional<VersionReport> report =
        desk.refusals()
            .ofRequest(request)
            .flatMap(id -> desk.refusals().why(id.name(), id.version()));
    return reply(report, "request '%s'".formatted(Excerpt.of(request)));
  }

  /// Adds a version to the queue: the version that the body names, or the version of a refused
  /// request.
  DeskResponse request(DeskRequest request) {
    JsonIn in = JsonIn.parseSmall(request.body());
    String spec = in.textOrNull("spec");
    String refusal = in.textOrNull("refusal");
    String reason = printed(in.text("reason"));
    in.done();
    Optional<CrateId> refused =
        refusal == null ? Optional.empty() : desk.refusals().ofRequest(refusal);
    if (spec == null && refused.isEmpty()) {
      return reply(
          Optional.empty(), "request '%s'".formatted(Excerpt.of(refusal == null ? "" : refusal)));
    }
    CrateSpec named =
        CrateSpec.parse(
            spec != null ? spec : refused.map(id -> id.name() + "@" + id.version()).orElse(""));
    CrateVersion version = named.version();
    if (version == null) {
      throw new MalformedException(
          "cannot request '%s': expected one exact version, NAME@VERSION".formatted(named));
    }
    Requester asker = new Requester(request.caller().name(), request.address());
    boolean anonymous = asker.token().equals(Requester.ANONYMOUS);
    RequestSubmission asked =
        new RequestSubmission(
            asker, anonymous ? asker.toString() : request.caller().owner(), reason);
    return desk.refusals()
        .request(named.name(), version, asked)
        .map(
            verdict ->
                DeskResponse.ok(
                    json -> {
                      json.text("name", named.name()).text("version", version);
                      json.put("requested", true);
                      json.object(
                          "verdict",
                          out -> ReportJson.verdict(out, verdict, List.of(verdict.reason())));
                    }))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNKNOWN,
                    "there is no '%s %s' in the index".formatted(named.name(), version)));
  }

  /// Returns a text without characters that control a reviewer's terminal.
  private static String printed(String text) {
    return Printable.replaced(text, ' ').strip();
  }

  private static DeskResponse reply(Optional<VersionReport> report, String what) {
    return report
        .map(found -> DeskResponse.ok(json -> ReportJson.refusal(json, found)))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNKNOWN,
                    "this gate has not refused %s in the last day; send a token to see more"
                        .formatted(what)));
  }
}
