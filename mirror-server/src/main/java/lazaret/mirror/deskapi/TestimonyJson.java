package lazaret.mirror.deskapi;

import java.util.List;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditPath;
import lazaret.vetting.audit.AuditStep;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.policy.rules.ExternalEvidence;
import lazaret.vetting.takeover.TakeoverSignal;

/// A writer of the advisories, takeover signals and audits of a version as JSON.
final class TestimonyJson {
  private TestimonyJson() {}

  static void testimony(JsonWriter json, ExternalEvidence testimony) {
    json.list("advisories", testimony.hits(), TestimonyJson::hit);
    json.list("takeover", testimony.takeover(), TestimonyJson::sign);
    json.texts("fixes", testimony.fixes());
    AuditVerdict audit = testimony.audit();
    if (audit != null) {
      json.object("audits", out -> audit(out, audit));
    }
  }

  private static void hit(JsonWriter json, AdvisoryGroup hit) {
    Advisory leading = hit.leading();
    json.put("id", hit.id()).texts("ids", hit.ids()).put("kind", hit.kind().code());
    json.text("severity", hit.rating()).put("title", leading.title()).put("url", leading.url());
    json.texts("affirmed_by", hit.affirmedBy()).texts("disputed_by", hit.disputedBy());
    json.put("by_association", hit.byAssociation()).put("by_digest", hit.byDigest());
  }

  private static void sign(JsonWriter json, TakeoverSignal sign) {
    json.put("code", sign.code().code()).put("weight", ReportJson.word(sign.weight()));
    json.put("detail", sign.detail()).put("until", sign.until());
  }

  static void audit(JsonWriter json, AuditVerdict verdict) {
    switch (verdict) {
      case AuditVerdict.Fully fully -> paths(json.put("verdict", "fully"), fully.paths());
      case AuditVerdict.Partially partly -> paths(json.put("verdict", "partially"), partly.paths());
      case AuditVerdict.WithExemptions exempted ->
          paths(json.put("verdict", "with-exemptions"), exempted.paths());
      case AuditVerdict.NotVetted none ->
          json.put("verdict", "not-vetted").texts("missing", none.missing());
      case AuditVerdict.Violated violated -> {
        json.put("verdict", "violated");
        json.list("violations", violated.conflicts(), TestimonyJson::violation);
      }
      case AuditVerdict.OtherBytes other ->
          json.put("verdict", "other-bytes").text("seen", other.seen());
    }
  }

  static void violation(JsonWriter json, AuditConflict conflict) {
    json.put("peer", conflict.peer()).put("versions", conflict.versions());
    json.texts("criteria", conflict.criteria()).texts("who", conflict.who());
    json.put("notes", conflict.notes()).put("names_version", conflict.namesVersion());
    AuditStep contradicted = conflict.contradicts();
    if (contradicted != null) {
      json.object("contradicts", out -> step(out, contradicted));
    }
  }

  private static void paths(JsonWriter json, List<AuditPath> paths) {
    json.list(
        "paths",
        paths,
        (out, path) ->
            out.put("criterion", path.criterion())
                .list("steps", path.steps(), TestimonyJson::step));
  }

  private static void step(JsonWriter json, AuditStep step) {
    json.put("kind", ReportJson.word(step.kind())).put("peer", step.peer());
    json.text("from", step.from()).text("to", step.to()).texts("who", step.who());
  }
}
