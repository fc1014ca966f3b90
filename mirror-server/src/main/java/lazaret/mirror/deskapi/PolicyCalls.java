package lazaret.mirror.deskapi;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.desk.policies.PolicyService;
import lazaret.vetting.desk.policies.PolicyTrialReport;
import lazaret.vetting.desk.policies.PolicyTrialReport.Change;
import lazaret.vetting.desk.policies.PolicyTrialReport.Outcome;
import lazaret.vetting.gate.context.PolicyOrigin;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.PolicyPart;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyWriter;
import org.jspecify.annotations.Nullable;

/// The handlers for the policy in force and for the trial of another one.
final class PolicyCalls {
  private final PolicyService policies;

  PolicyCalls(PolicyService policies) {
    this.policies = policies;
  }

  DeskResponse show() {
    PolicyService.InForce found = policies.inForce();
    Policy policy = found.policy();
    PolicyOrigin origin = found.origin();
    return DeskResponse.ok(
        json -> {
          json.put("mode", ReportJson.word(policy.mode())).put("generation", policy.generation());
          json.put("file", origin.file()).text("sha256", origin.digest());
          json.put("since", origin.since()).put("refused", origin.refused());
          json.list(
              "overrides",
              policy.overrides(),
              (out, o) -> override(out, o, !found.now().isBefore(o.expires())));
          json.put("policy", PolicyWriter.text(policy));
        });
  }

  private static void override(JsonWriter json, PolicyOverride override, boolean expired) {
    json.text("crate", override.crate()).text("version", override.req());
    json.put("what", override.what()).put("reason", override.reason());
    json.put("expires", override.expires()).put("expired", expired);
  }

  DeskResponse check(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String policy = in.text("policy");
    String name = in.textOrNull("name");
    String lockfile = in.textOrNull("lockfile");
    in.done();
    Lockfile lock = lockfile == null ? null : Lockfile.parse(Bytes.utf8(lockfile));
    return switch (policies.read(Bytes.utf8(policy))) {
      case PolicyParseResult.Invalid wrong -> wrong(wrong, name);
      case PolicyParseResult.Valid right -> {
        PolicyTrialReport report = policies.trial(right.policy(), lock);
        yield DeskResponse.ok(json -> write(json, report));
      }
    };
  }

  private static DeskResponse wrong(PolicyParseResult.Invalid wrong, @Nullable String name) {
    String file = name == null ? "policy.toml" : Excerpt.of(name);
    return DeskResponse.errors(
        wrong.mistakes().stream()
            .map(m -> new DeskResponse.Problem(ErrorCode.MALFORMED_INPUT, m.in(file), null, null))
            .toList(),
        null);
  }

  private static void write(JsonWriter json, PolicyTrialReport report) {
    json.put("judged", report.judged()).put("complete", report.complete());
    json.put("withheld", report.withheld()).put("freed", report.released());
    json.list("changes", report.changes(), PolicyCalls::change);
    json.list(
        "unjudged",
        report.unjudged(),
        (out, one) ->
            out.put("name", one.name())
                .put("version", one.version())
                .put("unavailable", one.unavailable())
                .put("detail", one.why()));
  }

  private static void change(JsonWriter json, Change change) {
    json.put("name", change.name()).put("version", change.version());
    json.object("before", out -> side(out, change.before()));
    json.object("after", out -> side(out, change.after()));
    json.list(
        "alone",
        List.copyOf(change.alone().keySet()),
        (out, part) -> alone(out, part, change.alone().get(part)));
  }

  private static void alone(JsonWriter json, PolicyPart part, @Nullable Outcome side) {
    json.put("part", part.word());
    if (side != null) {
      side(json, side);
    }
  }

  private static void side(JsonWriter json, Outcome side) {
    json.put("kind", side.kind()).put("served", side.served()).put("until", side.until());
    json.put("code", side.code()).put("detail", side.detail());
  }
}
