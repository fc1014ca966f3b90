package lazaret.mirror.deskapi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.lockfiles.ClosureQuery;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.desk.lockfiles.ClosureReport.Match;
import lazaret.vetting.desk.lockfiles.ClosureReport.Unmet;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The handler that checks whether the requirements of versions are served.
final class ClosureCalls {
  private final Desk desk;

  ClosureCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse closure(DeskRequest request) {
    JsonIn in = JsonIn.parseSmall(request.body());
    String spec = in.textOrNull("spec");
    String lockfile = in.textOrNull("lockfile");
    String lockfileName = in.textOrNull("lockfile_name");
    boolean everything = in.flag("everything");
    in.done();
    ClosureQuery order =
        order(
            spec,
            lockfile == null ? null : SentLockfile.read(desk, request, lockfile, lockfileName),
            everything);
    Optional<ClosureReport> report = desk.closure(order);
    return report
        .map(
            r ->
                DeskResponse.ok(
                    json -> {
                      write(json, r);
                      ReportJson.feedWarnings(json, desk);
                    }))
        .orElseGet(
            () -> DeskResponse.error(ErrorCode.UNKNOWN, "the index has no '%s'".formatted(spec)));
  }

  private static ClosureQuery order(
      @Nullable String spec, @Nullable Lockfile lockfile, boolean everything) {
    long named = Stream.of(spec != null, lockfile != null, everything).filter(b -> b).count();
    if (named != 1) {
      throw new MalformedException(
          "cannot read the request: expected one of 'spec', 'lockfile' and 'everything', found "
              + named);
    }
    if (lockfile != null) {
      return new ClosureQuery.Locked(lockfile);
    }
    if (spec == null) {
      return new ClosureQuery.Everything();
    }
    CrateSpec parsed = CrateSpec.parse(spec);
    if (parsed.version() == null && parsed.req() != null) {
      throw new MalformedException(
          "cannot read '%s': expected one version, like %s@1.2.3, or none"
              .formatted(parsed, parsed.name()));
    }
    return new ClosureQuery.Of(parsed.name(), parsed.version());
  }

  private static void write(JsonWriter json, ClosureReport report) {
    json.put("holds", report.holds()).put("complete", report.complete());
    json.put("versions", report.versions()).put("requirements", report.requirements());
    json.list("withheld", report.withheld(), ClosureCalls::match);
    json.list("unmet", report.unmet(), ClosureCalls::unmet);
    json.list("approve", report.approve(), ReportJson::id);
    json.list("prune", report.prune(), ReportJson::id);
  }

  private static void unmet(JsonWriter json, Unmet unmet) {
    IndexDependency dependency = unmet.dependency();
    ReportJson.id(json, unmet.by());
    json.text("requires", dependency.packageName()).put("req", dependency.req().text());
    json.put("kind", ReportJson.word(dependency.kind())).put("optional", unmet.optional());
    json.put("target", dependency.target()).put("cause", ReportJson.word(unmet.cause()));
    List<Match> matches = unmet.matches();
    json.list("matches", matches, ClosureCalls::match);
  }

  private static void match(JsonWriter json, Match match) {
    ReportJson.id(json, match.id());
    json.put("yanked", match.yanked());
    json.object("verdict", out -> ReportJson.verdict(out, match.verdict()));
  }
}
