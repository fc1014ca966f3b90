package lazaret.mirror.deskapi;

import java.util.Base64;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.review.Detonation;
import lazaret.vetting.desk.review.Detonation.Kind;
import lazaret.vetting.desk.review.Detonation.Trace;
import lazaret.vetting.desk.review.DetonationService;
import lazaret.vetting.desk.review.DetonationService.Artifact;
import lazaret.vetting.desk.review.DetonationService.Report;
import lazaret.vetting.desk.review.DetonationService.Result;
import lazaret.vetting.json.JsonWriter;

/// The handlers for detonations: the artifact to build, and the behavior that the sandbox saw.
final class DetonationCalls {
  private final DetonationService detonations;

  DetonationCalls(Desk desk) {
    this.detonations = desk.detonations();
  }

  DeskResponse artifact(Target target) {
    return switch (detonations.artifact(target.name(), target.version())) {
      case Result.Refused<Artifact>(ErrorCode code, String detail) ->
          DeskResponse.error(code, detail);
      case Result.Done<Artifact>(Artifact artefact) ->
          DeskResponse.ok(
              json -> {
                ReportJson.id(json, artefact.id());
                byte[] bytes = artefact.bytes().array();
                json.put("crate", Base64.getEncoder().encodeToString(bytes));
              });
    };
  }

  DeskResponse file(Target target, DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    Sha256 cksum = Sha256.parse(in.text("cksum"));
    String ending = in.text("ending");
    SortedSet<Trace> traces = new TreeSet<>();
    for (JsonIn trace : in.objects("traces")) {
      traces.add(new Trace(Kind.parse(trace.text("kind")), trace.text("what")));
      trace.done();
    }
    in.done();
    DetonationService.Observation seen = new DetonationService.Observation(ending, traces);
    String by = request.caller().name();
    return switch (detonations.file(target.name(), target.version(), cksum, seen, by)) {
      case Result.Refused<Report>(ErrorCode code, String detail) ->
          DeskResponse.error(code, detail);
      case Result.Done<Report>(Report report) -> DeskResponse.created(json -> write(json, report));
    };
  }

  /// Adds the detonation of a version to a document if there is one.
  void add(JsonWriter json, CrateId id) {
    detonations
        .report(id.name(), id.version())
        .ifPresent(report -> json.object("detonation", out -> write(out, report)));
  }

  private static void write(JsonWriter json, Report report) {
    Detonation evidence = report.evidence();
    json.put("at", evidence.at()).put("by", evidence.by()).put("ending", evidence.ending());
    json.list("traces", evidence.traces(), DetonationCalls::write);
    json.text("base", report.base());
    json.list("added", report.added(), DetonationCalls::write);
    json.list("gone", report.gone(), DetonationCalls::write);
  }

  private static void write(JsonWriter json, Trace trace) {
    json.put("kind", trace.kind().word()).put("what", trace.what());
  }
}
