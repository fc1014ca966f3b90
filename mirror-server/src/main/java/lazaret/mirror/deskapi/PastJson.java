package lazaret.mirror.deskapi;

import lazaret.vetting.desk.review.PastVerdictReport;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// A writer of past verdicts as JSON.
final class PastJson {
  private PastJson() {}

  static void past(JsonWriter json, PastVerdictReport report) {
    ReportJson.id(json, report.id());
    json.put("at", report.at()).put("account", report.account().code());
    Verdict verdict = report.verdict();
    if (verdict != null) {
      json.object("verdict", out -> ReportJson.verdict(out, verdict));
    }
    json.put("served", report.served());
    ruling(json, "given", report.given());
    ruling(json, "next", report.next());
    json.list("decisions", report.decisions(), ReportJson::decision);
    json.put("kept_since", report.keptSince()).put("detail", report.detail());
  }

  private static void ruling(JsonWriter json, String name, @Nullable RecordedVerdict ruling) {
    if (ruling != null) {
      json.object(
          name,
          out -> {
            out.text("cksum", ruling.id().cksum()).put("at", ruling.at());
            out.put("served", ruling.served());
            out.object("verdict", v -> ReportJson.verdict(v, ruling.verdict()));
            out.object("grounds", g -> ReportJson.grounds(g, ruling.context()));
          });
    }
  }
}
