package lazaret.mirror.deskapi;

import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DependencyChange;
import lazaret.vetting.review.DiffStat;
import lazaret.vetting.review.FileDiff;
import lazaret.vetting.review.FileDigest;
import org.jspecify.annotations.Nullable;

/// A writer of reviews as JSON.
final class ReviewJson {
  private ReviewJson() {}

  static void review(JsonWriter json, ReviewReport report) {
    ReportJson.version(json, report.version(), true);
    TestimonyJson.testimony(json, report.evidence());
    ReviewReport.Base base = report.base();
    if (base != null) {
      json.object("base", out -> base(out, base));
    }
    json.list("other_bases", report.otherBases(), ReviewJson::base);
    json.list("dependencies", report.dependencies(), ReviewJson::dependency);
    json.list("dependency_changes", report.dependencyChanges(), ReviewJson::change);
    CapabilityDelta delta = report.delta();
    if (delta != null) {
      json.object("since_base", out -> delta(out, delta));
    }
    CrateDiff diff = report.diff();
    if (diff != null) {
      json.object("diff", out -> diff(out, diff));
    }
    unread(json, report.unread());
  }

  private static void base(JsonWriter json, ReviewReport.Base base) {
    json.text("version", base.version()).put("origin", base.origin().code());
    json.object("stat", out -> stat(out, base.stat()));
  }

  private static void delta(JsonWriter json, CapabilityDelta delta) {
    json.list("gained", delta.gained(), ReportJson::capability);
    json.list("lost", delta.lost(), ReportJson::capability);
    json.list("signals", delta.signals(), ReportJson::signal);
  }

  private static void stat(JsonWriter json, DiffStat stat) {
    json.put("files", stat.files()).put("insertions", stat.insertions());
    json.put("deletions", stat.deletions()).put("unread_bytes", stat.unreadBytes());
    json.put("lines", stat.lines());
  }

  private static void dependency(JsonWriter json, ReviewReport.Dependency line) {
    required(json, line.dependency());
    json.put("added", line.added()).text("version", line.version());
    Verdict verdict = line.verdict();
    if (verdict != null) {
      json.object("verdict", out -> ReportJson.verdict(out, verdict));
    }
    json.put("served", line.served());
    json.put("detail", line.detail().isEmpty() ? null : line.detail());
  }

  private static void required(JsonWriter json, IndexDependency dependency) {
    json.text("name", dependency.packageName()).text("req", dependency.req().text());
    json.put("kind", ReportJson.word(dependency.kind())).put("optional", dependency.optional());
    json.put("target", dependency.target());
  }

  private static void change(JsonWriter json, DependencyChange change) {
    required(json, change.dependency());
    IndexDependency before = change.before();
    json.put("change", change.added() ? "added" : change.after() == null ? "removed" : "changed");
    json.put("before", before == null ? null : before.req().text());
  }

  private static void diff(JsonWriter json, CrateDiff diff) {
    json.text("base", diff.base()).object("stat", out -> stat(out, diff.stat()));
    json.put("cut", diff.cut()).list("files", diff.files(), ReviewJson::file);
  }

  private static void file(JsonWriter json, FileDiff file) {
    json.put("path", file.path()).put("former_path", file.formerPath());
    json.put("change", file.change().code()).put("part", file.part().code());
    json.put("form", file.form().code());
    json.put("insertions", file.insertions()).put("deletions", file.deletions());
    digest(json, "before", file.before());
    digest(json, "after", file.after());
    json.put("text", file.text().isEmpty() ? null : file.text());
  }

  private static void digest(JsonWriter json, String name, @Nullable FileDigest file) {
    if (file != null) {
      json.object(name, out -> out.put("size", file.size()).text("sha256", file.sha256()));
    }
  }

  private static void unread(JsonWriter json, ReviewReport.@Nullable NotReadable unread) {
    if (unread != null) {
      json.object(
          "unread", out -> out.put("code", unread.code().code()).put("detail", unread.detail()));
    }
  }

  static void readingList(JsonWriter json, ReadingList list) {
    json.put("served", list.served()).object("total", out -> stat(out, list.total()));
    json.list(
        "packages",
        list.lines(),
        (out, line) -> {
          ReportJson.lockLine(out, line.locked());
          ReviewReport.Base base = line.base();
          if (base != null) {
            out.text("base", base.version()).put("origin", base.origin().code());
          }
          DiffStat stat = line.stat();
          if (stat != null) {
            out.object("stat", s -> stat(s, stat));
          }
          unread(out, line.unread());
        });
  }
}
